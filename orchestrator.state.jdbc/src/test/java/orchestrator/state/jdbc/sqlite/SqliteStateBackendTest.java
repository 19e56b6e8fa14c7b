package orchestrator.state.jdbc.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract on the embedded database. */
public class SqliteStateBackendTest extends StateBackendContract {

    @Override
    protected TestStore newStore() throws Exception {
        return newStoreWithClock(Duration.ZERO);
    }

    @Override
    protected TestStore newStoreWithClock(Duration ahead) throws Exception {
        return new Store(
                Files.createTempDirectory("orchestrator-store"),
                Clock.offset(Clock.systemUTC(), ahead));
    }

    private static final class Store implements TestStore {
        private final Path directory;
        private final Clock clock;
        private JdbcStateBackend backend;

        Store(Path directory, Clock clock) {
            this.directory = directory;
            this.clock = clock;
            this.backend = SqliteStore.open(directory, 4, clock);
        }

        @Override
        public StateBackend open() {
            return backend;
        }

        @Override
        public StateBackend reopen() {
            backend.close();
            backend = SqliteStore.open(directory, 4, clock);
            return backend;
        }

        @Override
        public void close() throws Exception {
            backend.close();
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }
}
