package itests.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** An embedded database in a folder of its own, which goes with it. */
final class SqliteFolder implements AutoCloseable {
    private Path directory;
    private JdbcStateBackend store;

    JdbcStateBackend open() throws Exception {
        directory = Files.createTempDirectory("orchestrator-store");
        store = SqliteStore.open(directory, 2, Clock.systemUTC());
        return store;
    }

    @Override
    public void close() throws Exception {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
