package orchestrator.api.run;

/**
 * What became of an operator's command.
 *
 * @param accepted whether it is durable and will be (or has been) carried out
 * @param message what happened, or why it was refused, for people
 */
public record CommandResult(boolean accepted, String message) {}
