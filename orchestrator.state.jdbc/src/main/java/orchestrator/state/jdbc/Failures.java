package orchestrator.state.jdbc;

import java.sql.SQLException;
import orchestrator.api.state.StateException;

/** Tells what a failed statement means to the caller of the backend. */
@FunctionalInterface
public interface Failures {

    /** Whether the store may be asked again: it did not answer, or it could not do it just then. */
    boolean isUnavailable(SQLException failure);

    /** The exception for the caller. */
    default StateException toStateException(String what, SQLException failure) {
        String message = "Expected to " + what + ", but found: " + failure.getMessage();
        return isUnavailable(failure)
                ? new orchestrator.api.state.StateUnavailableException(message, failure)
                : new StateException(message, failure);
    }
}
