package orchestrator.state.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Failures;
import orchestrator.state.jdbc.Schema;
import orchestrator.state.jdbc.Session;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server, shared with other nodes. Every statement commits on its own; whatever must take effect together
 * is one statement. So no lock is held while the server waits for this process.
 *
 * <p>The statements rely on READ COMMITTED: each sees what was committed before it began, and a row that it locks or
 * updates is seen as it then is.
 */
final class PostgresDatabase implements Database {
    /** The server's time in microseconds; it goes on within a statement. */
    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    static final Map<String, String> TYPES =
            Map.of("TEXT", "text COLLATE \"C\"", "BYTES", "bytea", "CLUSTERED", "");
    static final long SCHEMA_LOCK = 0x6f7263686573L;
    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 30;
    private static final int LOST_RACES = 10;

    /** Who waits longer for a lock is told that the store does not answer, and comes again. */
    private static final int LOCK_MILLIS = 2000;

    // A server may be set to acknowledge before it has written; then this session asks for more.
    // Statements here are
    // short and estimated to be long: to compile them to machine code costs 10 ms each time and
    // gains nothing.
    private static final String INIT =
            "SELECT set_config('synchronous_commit',"
                    + " CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
                    + " ELSE current_setting('synchronous_commit') END, false),"
                    + " set_config('default_transaction_isolation', 'read committed', false),"
                    + " set_config('lock_timeout', '"
                    + LOCK_MILLIS
                    + "', false), set_config('jit', 'off', false), set_config('enable_seqscan', 'off', false)";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    // What all runs need again and again takes batches of any size as arrays. A plan for each size
    // would be made at each execution, which takes longer than to execute it.
    private static final String OFTEN_INIT =
            INIT + ", set_config('plan_cache_mode', 'force_generic_plan', false)";

    private static final int FEWEST_APART = 4;
    private static final int SHARE_APART = 2;

    private final Failures failures = new PostgresFailures();
    private final HikariDataSource connections;

    /** A part of the pool for what all runs need again and again; the same if the pool is small. */
    private final HikariDataSource often;

    private PostgresDatabase(HikariDataSource connections, HikariDataSource often) {
        this.connections = connections;
        this.often = often;
    }

    static PostgresDatabase open(PostgresSettings settings) {
        return open(source(settings), settings.toString(), settings.poolSize());
    }

    /**
     * On the connections of a data source, which stays open when the database is closed. Connections are kept while they
     * are used, because each is set up for the statements here.
     */
    static PostgresDatabase open(DataSource source, String name, int poolSize) {
        requirePostgres(source, name);
        int apart = poolSize < FEWEST_APART ? 0 : poolSize / SHARE_APART;
        HikariDataSource connections = pool(source, name, poolSize - apart, INIT);
        try {
            HikariDataSource often =
                    apart == 0 ? connections : pool(source, name, apart, OFTEN_INIT);
            PostgresDatabase database = new PostgresDatabase(connections, often);
            try {
                database.migrate();
                database.read("ask how safely the server writes", ServerSettings::warnings)
                        .forEach(LOG::warn);
                return database;
            } catch (RuntimeException e) {
                often.close();
                throw e;
            }
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** A read changes nothing: it is asked again, as long as all that is wrong is that its connection had broken. */
    @Override
    public <T> T read(String what, Work<T> work) {
        for (int broken = 0; ; broken++) {
            try {
                return execute(connections, what, work);
            } catch (StateUnavailableException e) {
                if (broken == connections.getMaximumPoolSize()
                        || !PostgresFailures.isBrokenConnection(e.getCause())) {
                    throw e;
                }
            }
        }
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        return execute(connections, what, work);
    }

    @Override
    public <T> T writeOften(String what, Work<T> work) {
        return execute(often, what, work);
    }

    private <T> T execute(HikariDataSource source, String what, Work<T> work) {
        for (int races = 0; ; races++) {
            try (Connection connection = source.getConnection()) {
                return work.in(new Session(connection));
            } catch (SQLException e) {
                if (races == LOST_RACES || !PostgresFailures.isLostRace(e)) {
                    throw failures.toStateException(what, e);
                }
            }
        }
    }

    @Override
    public long now(Session session) throws SQLException {
        return session.first("SELECT " + NOW, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public String lock(String clause) {
        return clause;
    }

    @Override
    public void close() {
        often.close();
        connections.close();
    }

    private static void requirePostgres(DataSource source, String name) {
        String product;
        try (Connection connection = source.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new StateUnavailableException(
                    "Expected to reach " + name + ", but found " + e.getMessage(), e);
        }
        if (!product.equals("PostgreSQL")) {
            throw new StateException(
                    "Expected PostgreSQL behind " + name + ", but found " + product, null);
        }
    }

    /** The one transaction with several round trips: at the start, so that nodes do not make the tables at once. */
    private void migrate() {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            Session session = new Session(connection);
            session.query("SELECT set_config('lock_timeout', '0', true)", row -> true);
            session.query("SELECT pg_advisory_xact_lock(?)", row -> true, SCHEMA_LOCK);
            new Schema(TYPES).migrate(session);
            connection.commit();
        } catch (SQLException e) {
            throw failures.toStateException("bring the tables up to date", e);
        }
    }

    private static HikariDataSource pool(DataSource source, String name, int size, String init) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("orchestrator-store");
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
        config.setInitializationFailTimeout(1);
        config.setConnectionInitSql(init);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StateUnavailableException(
                    "Expected to reach " + name + ", but found " + e.getMessage(), e);
        }
    }

    private static PGSimpleDataSource source(PostgresSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(settings.url());
        } catch (IllegalArgumentException e) {
            throw new StateException(
                    "Expected a url that begins with jdbc:postgresql:, but found " + settings, e);
        }
        if (settings.user() != null) {
            source.setUser(settings.user());
        }
        if (settings.password() != null) {
            source.setPassword(settings.password());
        }
        source.setConnectTimeout(CONNECT_SECONDS);
        if (source.getSocketTimeout() == 0) {
            source.setSocketTimeout(ANSWER_SECONDS);
        }
        source.setTcpKeepAlive(true);
        source.setApplicationName("orchestrator");
        return source;
    }
}
