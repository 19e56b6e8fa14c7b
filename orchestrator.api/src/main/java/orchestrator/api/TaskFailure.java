package orchestrator.api;

/**
 * A failure that a task explains: a code for machines, a message for people, and whether another attempt makes sense.
 * Any other exception is taken as retryable, with its class name as the code.
 */
public class TaskFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    private TaskFailure(String code, String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    /**
     * A failure that will not go away by trying again: wrong input, a refused request.
     *
     * @param code a short name, such as {@code not-found}
     */
    public static TaskFailure permanent(String code, String message) {
        return new TaskFailure(code, message, false, null);
    }

    /** A failure that may go away: the step's retry policy applies. */
    public static TaskFailure retryable(String code, String message, Throwable cause) {
        return new TaskFailure(code, message, true, cause);
    }

    /** A short name of the failure, for machines. */
    public String code() {
        return code;
    }

    /** Whether another attempt makes sense. */
    public boolean isRetryable() {
        return retryable;
    }
}
