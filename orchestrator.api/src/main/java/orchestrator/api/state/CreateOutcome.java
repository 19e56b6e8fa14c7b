package orchestrator.api.state;

/**
 * What became of a run to be created.
 *
 * @param kind what happened
 * @param run the id of the new run, or of the one that has the start key
 */
public record CreateOutcome(Kind kind, String run) {
    /** What happened. */
    public enum Kind {
        /** The run is stored. */
        CREATED,
        /** The start key exists, with the same input. */
        EXISTS,
        /** The start key exists, with another input. */
        KEY_CONFLICT
    }
}
