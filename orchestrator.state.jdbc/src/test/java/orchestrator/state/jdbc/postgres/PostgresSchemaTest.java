package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.state.jdbc.OldStores;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The tables on a server: made once although many begin at once, migrated, and never half. */
public class PostgresSchemaTest {
    private static final int OPENERS = 8;
    private static final List<Long> VERSIONS =
            LongStream.rangeClosed(1, OldStores.newest()).boxed().toList();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PostgresServer.Store store;

    @Before
    public void newSchema() throws SQLException {
        store = PostgresServer.get().newStoreWithoutTables();
    }

    @After
    public void drop() throws SQLException {
        threads.shutdownNow();
        store.drop();
    }

    @Test
    public void nodesThatStartAtTheSameMomentMakeTheTablesOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(OPENERS);
        List<Future<NodeLease>> nodes = new ArrayList<>();
        for (int i = 0; i < OPENERS; i++) {
            String node = "node-" + i;
            nodes.add(
                    threads.submit(
                            () -> {
                                start.await(60, TimeUnit.SECONDS);
                                StateBackend backend = PostgresStore.open(store.settings());
                                try (AutoCloseable closed = (AutoCloseable) backend) {
                                    return backend.enter(node, Duration.ofMinutes(1));
                                }
                            }));
        }
        for (Future<NodeLease> node : nodes) {
            assertEquals(1, node.get(120, TimeUnit.SECONDS).incarnation());
        }
        assertEquals(VERSIONS, versions());
    }

    @Test
    public void anOlderStoreIsMigratedWithItsRuns() throws Exception {
        try (Connection connection = connect()) {
            OldStores.first(connection, PostgresDatabase.TYPES);
            assertEquals(List.of(1L), OldStores.versions(connection));
        }
        StateBackend backend = store.open();
        assertEquals(VERSIONS, versions());
        assertEquals(2, backend.journal("p.old", 1, 10).size());
        RunQuery task = new RunQuery(null, null, Set.of(), "task", "x", Map.of(), null, 10);
        assertEquals("p.old", backend.find(task).runs().get(0).id());
        NodeLease node = backend.enter("node", Duration.ofMinutes(1));
        ClaimedRun claimed = backend.claim(node, 10, List.of("task:x")).runs().get(0);
        assertEquals(4, claimed.epoch());
        assertEquals(2, claimed.lastSequence());
    }

    @Test
    public void aNewerStoreIsRefused() throws Exception {
        store.open();
        try (Connection connection = connect()) {
            OldStores.next(connection, PostgresDatabase.TYPES);
        }
        StateException refused = assertThrows(StateException.class, store::open);
        String found = "found version " + (OldStores.newest() + 1);
        assertTrue(refused.getMessage(), refused.getMessage().contains(found));
    }

    @Test
    public void aMigrationThatFailsLeavesNothingAndCanBeMadeAnew() throws Exception {
        try (Connection connection = connect()) {
            OldStores.first(connection, PostgresDatabase.TYPES);
        }
        store.open();
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            assertThrows(
                    SQLException.class, () -> OldStores.broken(connection, PostgresDatabase.TYPES));
            connection.rollback();
            assertEquals(VERSIONS, versions());
            OldStores.next(connection, PostgresDatabase.TYPES);
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT entry_count FROM orc_run")) {
                assertTrue(row.next());
                assertEquals(2, row.getInt(1));
            }
        }
    }

    /** It has made all tables and not yet committed; the server then ends it, as when its process is killed. */
    @Test
    public void anotherNodeMigratesWhenTheOneThatDidIsKilled() throws Exception {
        Connection killed = connect();
        killed.setAutoCommit(false);
        long pid;
        try (Statement statement = killed.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + PostgresDatabase.SCHEMA_LOCK + ")");
            OldStores.first(killed, PostgresDatabase.TYPES);
            pid = number(statement, "SELECT pg_backend_pid()");
        }
        Future<StateBackend> other = threads.submit(store::open);
        try (Connection observer = connect();
                Statement statement = observer.createStatement()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (number(statement, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
                assertTrue("Expected the other to wait", System.nanoTime() < end);
                LockSupport.parkNanos(1_000_000);
            }
            statement.execute("SELECT pg_terminate_backend(" + pid + ")");
        }
        StateBackend backend = other.get(60, TimeUnit.SECONDS);
        assertEquals(List.of(), backend.find(RunQuery.all(1)).runs());
        assertEquals(VERSIONS, versions());
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Long> versions() throws SQLException {
        try (Connection connection = connect()) {
            return OldStores.versions(connection);
        }
    }

    private Connection connect() throws SQLException {
        return PostgresServer.get().connect(store.schema());
    }
}
