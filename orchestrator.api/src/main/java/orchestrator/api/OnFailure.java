package orchestrator.api;

/** What the failure of a step means for its run, after its attempts are used up. */
public enum OnFailure {
    /** The run fails. */
    FAIL,
    /**
     * The run goes on, as though the step were done; the step's output is
     * <code>{"error": {"code": …, "message": …}}</code>.
     */
    CONTINUE
}
