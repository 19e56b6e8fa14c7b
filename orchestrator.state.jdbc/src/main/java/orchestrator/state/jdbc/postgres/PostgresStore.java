package orchestrator.state.jdbc.postgres;

import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.Topics;

/** Opens the backend on PostgreSQL. */
public final class PostgresStore {
    private PostgresStore() {}

    /** The store in a database that exists; its tables are made if they are not there. */
    public static JdbcStateBackend open(PostgresSettings settings) {
        Database database = PostgresDatabase.open(settings);
        return new JdbcStateBackend(
                database,
                new Topics(
                        new PostgresNodes(database),
                        new PostgresClaiming(database),
                        new PostgresCreating(database),
                        new PostgresAppending(database),
                        new PostgresPosting(database),
                        new PostgresLogging(database),
                        new PostgresDeleting(database)));
    }
}
