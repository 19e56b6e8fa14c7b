package itests.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** Time and signals on the embedded database. */
public class TimeOnSqliteTest extends TimeContract {
    private Path directory;

    @Override
    protected StateBackend open() throws Exception {
        directory = Files.createTempDirectory("orchestrator-store");
        return SqliteStore.open(directory, 2, clock);
    }

    @Override
    protected void close(StateBackend store) throws Exception {
        ((JdbcStateBackend) store).close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
