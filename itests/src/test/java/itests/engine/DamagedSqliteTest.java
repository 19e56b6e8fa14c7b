package itests.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** The embedded database, damaged. */
public class DamagedSqliteTest extends DamagedStoreContract {
    private Path directory;

    private JdbcStateBackend store;

    @Override
    protected StateBackend open() throws Exception {
        directory = Files.createTempDirectory("orchestrator-store");
        store = SqliteStore.open(directory, 2, Clock.systemUTC());
        return store;
    }

    /** Nobody else may write while the store is open: so it is closed, as in an outage, and opened again. */
    @Override
    protected <T> T sql(Work<T> work) throws Exception {
        takeAway();
        store.close();
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"))) {
            return work.on(connection);
        } finally {
            store = SqliteStore.open(directory, 2, Clock.systemUTC());
            giveBack(store);
        }
    }

    @Override
    protected void close(StateBackend last) throws Exception {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
