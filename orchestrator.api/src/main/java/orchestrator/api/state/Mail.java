package orchestrator.api.state;

/**
 * A message in the inbox of a run.
 *
 * @param run the run
 * @param number its number in that inbox, from 1
 * @param messageId the id it was posted with
 * @param body opaque bytes
 */
@SuppressWarnings("ArrayRecordComponent") // opaque and never compared
public record Mail(String run, long number, String messageId, byte[] body) {}
