package orchestrator.api;

/** What the failure of one item of a {@code forEach} means, after its attempts are used up. */
public enum FailedItems {
    /** The step fails with its first failed item. */
    STOP,
    /**
     * The other items go on and the step completes; in the step's output the place of a failed item holds
     * <code>{"error": {"code": …, "message": …}}</code>.
     */
    CONTINUE
}
