package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import orchestrator.state.jdbc.Failures;

/** What the failures of PostgreSQL and its driver mean. */
final class PostgresFailures implements Failures {
    /** A row with that key exists: an earlier try of the same call got there first. */
    static final String UNIQUE_VIOLATION = "23505";

    // Connection, insufficient resources, system error; transactions that may be tried again.
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "58", "40");

    // Shut down, crashed, starting, cancelled, lock not available, timeouts, a read-only standby.
    private static final Set<String> UNAVAILABLE =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25P03", "25P04", "25006");

    // By an administrator, or by a server that stops: what is said first of a connection that was
    // ended.
    private static final Set<String> ENDED = Set.of("57P01", "57P02");

    @Override
    public boolean isUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        if (failure instanceof SQLTransientException) {
            return true;
        }
        // Without a code it is the pool that speaks: it was closed, or found no connection.
        return state == null
                || UNAVAILABLE.contains(state)
                || UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
    }

    /** Whether the connection broke, or had broken before; another one may do. */
    static boolean isBrokenConnection(Throwable failure) {
        String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
        return state != null && (state.startsWith("08") || ENDED.contains(state));
    }

    /** Whether the statement changed nothing because another held a lock for too long. */
    static boolean isLockTimeout(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }

    /** Whether the statement changed nothing and should simply be executed again. */
    static boolean isLostRace(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.equals(UNIQUE_VIOLATION) || state.startsWith("40"));
    }
}
