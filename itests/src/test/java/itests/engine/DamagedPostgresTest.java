package itests.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** A PostgreSQL, damaged. Each test has a schema of its own. */
public class DamagedPostgresTest extends DamagedStoreContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres server;

    private String schema;

    @BeforeClass
    public static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterClass
    public static void stop() throws Exception {
        server.close();
    }

    @Override
    protected StateBackend open() throws Exception {
        schema = "s" + SCHEMAS.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
        return PostgresStore.open(new PostgresSettings(url, "postgres", null, 5));
    }

    @Override
    protected <T> T sql(Work<T> work) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            connection.setSchema(schema);
            return work.on(connection);
        }
    }

    @Override
    protected void close(StateBackend store) {
        ((JdbcStateBackend) store).close();
    }
}
