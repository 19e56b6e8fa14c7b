package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.testkit.Runs;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** The store on a data source that somebody else made. */
public class PostgresDataSourceTest {
    /** For a database of another kind. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theStoreIsTheOneThatTheDataSourceLeadsTo() throws Exception {
        PostgresServer.Store store = PostgresServer.get().newStore();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(store.settings().url());
        source.setUser("postgres");
        try (JdbcStateBackend backend = PostgresStore.open(source, "data source x", 2)) {
            NodeLease node = backend.enter("node", Duration.ofMinutes(1));
            backend.create(node, List.of(Runs.run("r1", node.storeTime()).owned()));
        }
        assertEquals(1, store.open().summaries(List.of("r1")).size());
        store.close();
    }

    @Test
    public void anotherDatabaseIsRefusedByItsName() throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.newFile());
        StateException refused =
                assertThrows(
                        StateException.class, () -> PostgresStore.open(source, "data source x", 2));
        assertEquals(
                "Expected PostgreSQL behind data source x, but found SQLite", refused.getMessage());
    }

    @Test
    public void aServerThatIsNotThereIsUnavailableAndItsPasswordIsNotTold() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://localhost:1/none?password=hunter2");
        StateException failure =
                assertThrows(
                        StateUnavailableException.class,
                        () -> PostgresStore.open(source, "data source x", 2));
        assertTrue(failure.getMessage(), failure.getMessage().contains("data source x"));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(String.valueOf(cause), String.valueOf(cause).contains("hunter2"));
        }
    }
}
