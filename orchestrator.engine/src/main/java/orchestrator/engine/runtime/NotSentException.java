package orchestrator.engine.runtime;

import orchestrator.api.state.StateUnavailableException;

/** The store does not answer, and what was to be written was not sent to it: nothing has happened. */
public final class NotSentException extends StateUnavailableException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
