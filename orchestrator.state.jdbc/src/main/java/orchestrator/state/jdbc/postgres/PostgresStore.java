package orchestrator.state.jdbc.postgres;

import javax.sql.DataSource;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.Topics;

/** Opens the backend on PostgreSQL. */
public final class PostgresStore {
    private PostgresStore() {}

    /** The store in a database that exists; its tables are made if they are not there. */
    public static JdbcStateBackend open(PostgresSettings settings) {
        return on(PostgresDatabase.open(settings));
    }

    /**
     * The store on a data source that somebody else looks after.
     *
     * @param name what it is called in messages
     * @param poolSize how many of its connections are used at most
     */
    public static JdbcStateBackend open(DataSource source, String name, int poolSize) {
        return on(PostgresDatabase.open(source, name, poolSize));
    }

    static JdbcStateBackend on(Database database) {
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
