package orchestrator.state.jdbc.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.Topics;

/** Opens the backend on the embedded database. */
public final class SqliteStore {
    private SqliteStore() {}

    /** The store in a directory, which is made if it is not there; nobody else may use it meanwhile. */
    public static JdbcStateBackend open(Path directory, int readers, Clock clock) {
        return on(SqliteDatabase.open(directory, readers, clock));
    }

    static JdbcStateBackend on(Database database) {
        return new JdbcStateBackend(
                database,
                new Topics(
                        new SqliteNodes(database),
                        new SqliteClaiming(database),
                        new SqliteCreating(database),
                        new SqliteAppending(database),
                        new SqlitePosting(database),
                        new SqliteLogging(database),
                        new SqliteDeleting(database)));
    }
}
