package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.StateException;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.OldStores;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The tables of the embedded database: migrated, and never half. */
public class SqliteSchemaTest {
    /** For the store. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anOlderStoreIsMigratedWithItsRuns() throws Exception {
        try (Connection connection = connect()) {
            OldStores.first(connection, SqliteDatabase.TYPES);
        }
        try (JdbcStateBackend backend = open()) {
            assertEquals(2, backend.journal("p.old", 1, 10).size());
            RunQuery task = new RunQuery(null, null, Set.of(), "task", "x", Map.of(), null, 10);
            assertEquals("p.old", backend.find(task).runs().get(0).id());
        }
        assertEquals(all(), versions());
    }

    @Test
    public void aNewerStoreIsRefusedAndLeftToOthers() throws Exception {
        open().close();
        try (Connection connection = connect()) {
            OldStores.next(connection, SqliteDatabase.TYPES);
        }
        for (int i = 0; i < 2; i++) { // the second time shows that the file's lock was given back
            StateException refused = assertThrows(StateException.class, this::open);
            String found = "found version " + (OldStores.newest() + 1);
            assertTrue(refused.getMessage(), refused.getMessage().contains(found));
        }
    }

    @Test
    public void aMigrationThatFailsLeavesNothingAndCanBeMadeAnew() throws Exception {
        open().close();
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            assertThrows(
                    SQLException.class, () -> OldStores.broken(connection, SqliteDatabase.TYPES));
            connection.rollback();
            OldStores.next(connection, SqliteDatabase.TYPES);
            connection.rollback();
        }
        assertEquals(all(), versions());
        try (JdbcStateBackend backend = open()) {
            backend.probe();
        }
    }

    private static List<Long> all() {
        return LongStream.rangeClosed(1, OldStores.newest()).boxed().toList();
    }

    private List<Long> versions() throws SQLException {
        try (Connection connection = connect()) {
            return OldStores.versions(connection);
        }
    }

    private JdbcStateBackend open() {
        return SqliteStore.open(directory(), 2, Clock.systemUTC());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory().resolve("store.db"));
    }

    private Path directory() {
        return folder.getRoot().toPath();
    }
}
