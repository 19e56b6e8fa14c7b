package orchestrator.api.run;

/** Where a step of a run stands. May grow in a minor version. */
public enum StepStatus {
    /** What it comes after is not done yet. */
    PENDING,
    /** An attempt is scheduled or in progress. */
    RUNNING,
    /** An attempt failed; the next one has a time. */
    RETRYING,
    /** Waits for something outside; the {@link Reason} says for what. */
    WAITING,
    /** Will not run. */
    SKIPPED,
    /** Done; its output is recorded. */
    COMPLETED,
    /** Failed for good. */
    FAILED,
    /** Given up because its run ended. */
    CANCELLED,
    /** Was done, and has been undone. */
    COMPENSATED;

    /** Whether a step in this status will not run again by itself. */
    public boolean isFinal() {
        return switch (this) {
            case SKIPPED, COMPLETED, FAILED, CANCELLED, COMPENSATED -> true;
            case PENDING, RUNNING, RETRYING, WAITING -> false;
        };
    }
}
