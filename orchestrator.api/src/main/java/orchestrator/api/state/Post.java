package orchestrator.api.state;

/**
 * A message to a run.
 *
 * @param run the run
 * @param messageId tells this message from every other to the run, 1 to 128 characters
 * @param body opaque bytes
 */
@SuppressWarnings("ArrayRecordComponent") // opaque and never compared
public record Post(String run, String messageId, byte[] body) {}
