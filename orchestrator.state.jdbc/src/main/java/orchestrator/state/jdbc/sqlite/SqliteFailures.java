package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import orchestrator.state.jdbc.Failures;
import org.sqlite.SQLiteErrorCode;

/** What the failures of SQLite mean. */
final class SqliteFailures implements Failures {
    // A full disk, or one that does not answer, may be well again later.
    private static final Set<Integer> UNAVAILABLE =
            Set.of(
                    SQLiteErrorCode.SQLITE_BUSY.code,
                    SQLiteErrorCode.SQLITE_LOCKED.code,
                    SQLiteErrorCode.SQLITE_NOMEM.code,
                    SQLiteErrorCode.SQLITE_READONLY.code,
                    SQLiteErrorCode.SQLITE_INTERRUPT.code,
                    SQLiteErrorCode.SQLITE_IOERR.code,
                    SQLiteErrorCode.SQLITE_FULL.code,
                    SQLiteErrorCode.SQLITE_CANTOPEN.code,
                    SQLiteErrorCode.SQLITE_PROTOCOL.code);

    private static final int PRIMARY = 0xff;

    @Override
    public boolean isUnavailable(SQLException failure) {
        return failure instanceof SQLTransientException
                || UNAVAILABLE.contains(failure.getErrorCode() & PRIMARY);
    }
}
