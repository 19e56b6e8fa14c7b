package itests.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** Control flow on the embedded database. */
public class ControlFlowOnSqliteTest extends ControlFlowContract {
    private Path directory;

    @Override
    protected StateBackend open() throws Exception {
        directory = Files.createTempDirectory("orchestrator-store");
        return SqliteStore.open(directory, 2, Clock.systemUTC());
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
