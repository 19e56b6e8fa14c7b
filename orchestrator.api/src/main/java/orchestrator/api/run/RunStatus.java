package orchestrator.api.run;

/** Where a run stands. May grow in a minor version. */
public enum RunStatus {
    /** Accepted; waits until its node has room. */
    QUEUED,
    /** Has work that is ready, in progress, or due within seconds. */
    RUNNING,
    /** Waits for something outside; the {@link Reason} says for what. */
    WAITING,
    /** Held by an operator. */
    PAUSED,
    /** Ended: every step is done. */
    COMPLETED,
    /** Ended: a step failed for good, or the run's time was up. */
    FAILED,
    /** Ended by an operator. */
    CANCELLED;

    /** Whether a run in this status can never change again. */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
