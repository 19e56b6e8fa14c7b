package orchestrator.state.jdbc.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.testkit.TestStore;

/** A real PostgreSQL, one for all tests of the module; each store is a schema of its own in it. */
final class PostgresServer {
    private static final PostgresServer INSTANCE = new PostgresServer();

    private final EmbeddedPostgres server;
    private final AtomicInteger schemas = new AtomicInteger();

    /** Schemas that a test has left; to empty their tables is faster than to make them. */
    private final Queue<String> emptied = new ConcurrentLinkedQueue<>();

    private PostgresServer() {
        try {
            server = EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PostgresServer get() {
        return INSTANCE;
    }

    /** A connection beside those of the backend. */
    Connection connect(String schema) throws SQLException {
        Connection connection = server.getPostgresDatabase().getConnection();
        connection.setSchema(schema);
        return connection;
    }

    Store newStore() throws SQLException {
        String used = emptied.poll();
        return used == null ? newStoreWithoutTables() : new Store(used);
    }

    /** A store whose sessions find a clock of their own before that of the server. */
    Store newStoreWithClock(Duration ahead) throws SQLException {
        Store store = newStoreWithoutTables();
        store.execute(
                "CREATE FUNCTION "
                        + store.schema
                        + ".clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS"
                        + " 'SELECT pg_catalog.clock_timestamp() + make_interval(secs => "
                        + ahead.toSeconds()
                        + ")'");
        store.path = store.schema + ",pg_catalog";
        return store;
    }

    Store newStoreWithoutTables() throws SQLException {
        String schema = "s" + schemas.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        return new Store(schema);
    }

    /** A store in a schema. */
    final class Store implements TestStore {
        private final String schema;
        private String path;
        private final Deque<JdbcStateBackend> handles = new ArrayDeque<>();

        Store(String schema) {
            this.schema = schema;
            this.path = schema;
        }

        String schema() {
            return schema;
        }

        @Override
        public StateBackend open() {
            JdbcStateBackend handle = PostgresStore.open(settings());
            handles.push(handle);
            return handle;
        }

        PostgresSettings settings() {
            String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + path;
            return new PostgresSettings(url, "postgres", null, 10);
        }

        @Override
        public StateBackend reopen() {
            closeHandles();
            return open();
        }

        @Override
        public void close() throws SQLException {
            closeHandles();
            if (path.equals(schema)) {
                empty();
                emptied.add(schema);
            } else {
                drop();
            }
        }

        /** Closes all handles and drops the tables too. */
        void drop() throws SQLException {
            closeHandles();
            execute("DROP SCHEMA " + schema + " CASCADE");
        }

        void execute(String sql) throws SQLException {
            try (Connection connection = connect(schema);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private void empty() throws SQLException {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path TO " + schema);
                statement.execute(
                        "TRUNCATE orc_lease, orc_fence, orc_run, orc_entry, orc_inbox, orc_start_key,"
                                + " orc_wait, orc_label, orc_log, orc_log_count, orc_snapshot,"
                                + " orc_definition, orc_word");
            }
        }

        private void closeHandles() {
            while (!handles.isEmpty()) {
                handles.pop().close();
            }
        }
    }
}
