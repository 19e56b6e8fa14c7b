package orchestrator.engine.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RefusedException;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.Engine;

/** Gives commands to runs, wherever they are, and says what became of them. */
final class RunCommands {
    private static final long PATIENCE_SECONDS = 10;
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_NAME = 200;

    /** Ids that senders choose, and ids that the engine makes, are not mixed up. */
    private static final String SENT = "signal:";

    private final Engine engine;

    RunCommands(Engine engine) {
        this.engine = engine;
    }

    /**
     * Gives a command.
     *
     * @param done what the run is then, for people
     */
    CommandResult give(String run, Command command, String done) {
        return give(run, engine.newRunId(), command, "Run %s is %s".formatted(run, done));
    }

    /**
     * Sends a signal.
     *
     * @param messageId of its sender, or null
     */
    CommandResult signal(String run, String name, Object payload, String messageId) {
        if (messageId != null && (messageId.isEmpty() || messageId.length() > LONGEST_ID)) {
            throw new IllegalArgumentException(
                    "Expected a message id of 1 to %d characters, but found %d"
                            .formatted(LONGEST_ID, messageId.length()));
        }
        if (name == null || name.length() > LONGEST_NAME) {
            throw new RefusedException(
                    "input",
                    "Expected the name of a signal of at most %d characters, but found %s"
                            .formatted(LONGEST_NAME, name == null ? "none" : name.length()));
        }
        String id = messageId == null ? engine.newRunId() : SENT + messageId;
        Payload json;
        try {
            json = Payload.of(Json.write(payload, Limits.MAX_PAYLOAD));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("input", "The payload of the signal: " + e.getMessage());
        }
        return give(
                run,
                id,
                new Command.Signal(id, name, json),
                "Run %s has the signal '%s'".formatted(run, name));
    }

    private CommandResult give(String run, String messageId, Command command, String done) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        PostOutcome outcome;
        try {
            outcome = engine.post(run, messageId, command, answer);
        } catch (StateUnavailableException e) {
            throw Starts.storeAway(e.getMessage());
        }
        return switch (outcome.kind()) {
            case UNKNOWN_RUN ->
                    new CommandResult(
                            false,
                            "Expected the id of a run, but there is no run '%s'".formatted(run));
            case ENDED ->
                    new CommandResult(
                            false,
                            "Expected a run that goes on, but run %s has ended".formatted(run));
            case POSTED -> answered(run, answer, done);
            case DUPLICATE -> before(run, answer.getNow(""));
        };
    }

    private CommandResult answered(String run, CompletableFuture<String> answer, String done) {
        try {
            String refused = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return refused.isEmpty()
                    ? new CommandResult(true, done)
                    : new CommandResult(false, refused);
        } catch (TimeoutException | ExecutionException e) {
            return stored(run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stored(run);
        } finally {
            answer.cancel(false);
        }
    }

    /** @param refused why the message was refused then; empty if it was not, or nobody knows */
    private static CommandResult before(String run, String refused) {
        return refused.isEmpty()
                ? new CommandResult(
                        true,
                        "Run %s has had a message with that id before; nothing has changed"
                                .formatted(run))
                : new CommandResult(false, refused);
    }

    private static CommandResult stored(String run) {
        return new CommandResult(
                true, "The command is stored; run %s will follow it soon".formatted(run));
    }
}
