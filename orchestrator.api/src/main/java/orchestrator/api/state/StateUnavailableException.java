package orchestrator.api.state;

/**
 * The store did not answer. The call may or may not have taken effect; repeating it with the same arguments settles it.
 */
public class StateUnavailableException extends StateException {
    private static final long serialVersionUID = 1L;

    /** With what was tried, on which store. */
    public StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
