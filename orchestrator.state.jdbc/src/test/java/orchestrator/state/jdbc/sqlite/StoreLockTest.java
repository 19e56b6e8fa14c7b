package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.JdbcStateBackend;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Only one may use a store. */
public class StoreLockTest {
    /** The store. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void asLongAsAStoreIsOpenNobodyElseOpensIt() throws Exception {
        Path directory = folder.getRoot().toPath();
        JdbcStateBackend first = SqliteStore.open(directory, 1, Clock.systemUTC());
        StateException refused =
                assertThrows(
                        StateUnavailableException.class,
                        () -> SqliteStore.open(directory, 1, Clock.systemUTC()));
        assertTrue(refused.getMessage(), refused.getMessage().contains("another process"));
        first.close();
        SqliteStore.open(directory, 1, Clock.systemUTC()).close();
    }

    @Test
    public void anotherProcessIsKeptOut() throws Exception {
        Path directory = folder.getRoot().toPath();
        try (JdbcStateBackend open = SqliteStore.open(directory, 1, Clock.systemUTC())) {
            Process other = ChildProcess.start(directory, 1);
            assertEquals(1, other.waitFor());
            String error = Files.readString(directory.resolve("writer.err"));
            assertTrue(error, error.contains("another process uses it"));
            open.probe();
        }
    }

    @Test
    public void aClosedStoreIsUnavailable() throws Exception {
        JdbcStateBackend backend =
                SqliteStore.open(folder.getRoot().toPath(), 1, Clock.systemUTC());
        backend.close();
        backend.close();
        assertThrows(StateUnavailableException.class, backend::probe);
        assertThrows(
                StateUnavailableException.class, () -> backend.putDefinition("h", new byte[0]));
    }

    @Test
    public void aDirectoryThatCannotBeMadeIsUnavailable() throws Exception {
        Path file = folder.newFile("file").toPath();
        assertThrows(
                StateUnavailableException.class,
                () -> SqliteStore.open(file.resolve("store"), 1, Clock.systemUTC()));
    }
}
