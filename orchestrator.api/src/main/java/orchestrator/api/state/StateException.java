package orchestrator.api.state;

/** A call to the store failed and changed nothing; repeating it would fail again. */
public class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was expected and found. */
    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
