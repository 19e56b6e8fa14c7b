package orchestrator.api.state;

/**
 * What became of a message.
 *
 * @param kind what happened
 * @param number its number in the inbox; 0 unless it is there
 */
public record PostOutcome(Kind kind, long number) {
    /** What happened. */
    public enum Kind {
        /** It is in the inbox. */
        POSTED,
        /** A message with that id was posted before. */
        DUPLICATE,
        /** There is no such run. */
        UNKNOWN_RUN,
        /** The run has ended. */
        ENDED
    }
}
