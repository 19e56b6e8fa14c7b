package orchestrator.state.jdbc.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.JdbcStateBackend;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which store a configuration means, and where its password is found. */
public class StoreOpenerTest {
    /** For stores and secrets. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theDirectoryIsTheConfiguredOneElseThePropertysElseKarafs() {
        Map<String, String> both = Map.of("orchestrator.store", "/a", "karaf.base", "/b");
        assertEquals(Path.of("/c"), opener("", "/c", both).directory());
        assertEquals(Path.of("/a"), opener("", "", both).directory());
        assertEquals(Path.of("/b/store"), opener("", "", Map.of("karaf.base", "/b")).directory());
        assertEquals(Path.of("store"), opener("", "", Map.of()).directory());
    }

    @Test
    public void withoutAUrlTheEmbeddedDatabaseIsOpened() {
        Path directory = folder.getRoot().toPath().resolve("store");
        try (JdbcStateBackend backend = opener("", directory.toString(), Map.of()).open()) {
            backend.probe();
            assertTrue(Files.exists(directory.resolve("store.db")));
        }
    }

    @Test
    public void aServerThatIsNotThereIsUnavailable() {
        StateException failure =
                assertThrows(
                        StateUnavailableException.class,
                        opener("jdbc:postgresql://localhost:1/none?password=secret", "", Map.of())
                                ::open);
        assertFalse(failure.getMessage(), failure.getMessage().contains("secret"));
    }

    @Test
    public void anotherUrlIsRefusedWithWhatWasExpected() {
        StateException failure =
                assertThrows(StateException.class, opener("jdbc:mysql://x/y", "", Map.of())::open);
        assertTrue(failure.getMessage(), failure.getMessage().contains("jdbc:postgresql:"));
    }

    @Test
    public void passwordsAreReadWhereTheReferencePoints() throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "from file\n");
        assertEquals("from file", Secret.read("file:" + file, Map.of()));
        assertEquals("from env", Secret.read("env:PW", Map.of("PW", "from env")));
        assertNull(Secret.read("", Map.of()));
    }

    @Test
    public void aPasswordItselfIsRefusedAndNotRepeated() {
        StateException failure =
                assertThrows(StateException.class, () -> Secret.read("hunter2", Map.of()));
        assertFalse(failure.getMessage(), failure.getMessage().contains("hunter2"));
        assertThrows(StateException.class, () -> Secret.read("env:PW", Map.of()));
        assertThrows(StateException.class, () -> Secret.read("file:/nowhere/at/all", Map.of()));
    }

    @Test
    public void aPasswordInAUrlIsNotRepeated() {
        StateException failure =
                assertThrows(
                        StateException.class,
                        opener("jdbc:postgresql://me:hunter2@localhost:1/none", "", Map.of())
                                ::open);
        assertFalse(failure.getMessage(), failure.getMessage().contains("hunter2"));
    }

    @Test
    public void settingsThatContradictEachOtherAreRefusedByTheirKeys() {
        assertRefused("datasource and user", settings("", "me", "", "ds", 2, ""));
        assertRefused("datasource and password", settings("", "", "env:X", "ds", 2, ""));
        assertRefused("either datasource or url", settings("jdbc:x", "", "", "ds", 2, ""));
        assertRefused("datasource, or directory", settings("", "", "", "ds", 2, "/d"));
        assertRefused("url, or directory", settings("jdbc:x", "", "", "", 2, "/d"));
        assertRefused("url together with user", settings("", "me", "", "", 2, ""));
        assertRefused("url together with password", settings("", "", "env:X", "", 2, ""));
        assertRefused("pool.size of at least 1", settings("", "", "", "", 0, ""));
        settings("", "", "", "ds", 2, "").requireOneStore();
        settings("jdbc:x", "me", "env:X", "", 2, "").requireOneStore();
        settings("", "", "", "", 2, "/d").requireOneStore();
    }

    private static StoreSettings settings(
            String url, String user, String password, String source, int pool, String directory) {
        return new StoreSettings(url, user, password, source, pool, directory);
    }

    private static void assertRefused(String what, StoreSettings settings) {
        StoreOpener opener = new StoreOpener(settings, () -> null, key -> null, Map.of());
        StateException refused = assertThrows(StateException.class, opener::open);
        assertTrue(refused.getMessage(), refused.getMessage().contains(what));
        assertTrue(refused.getMessage().contains("orchestrator.state.jdbc"));
    }

    private static StoreOpener opener(
            String url, String directory, Map<String, String> properties) {
        return new StoreOpener(
                new StoreSettings(url, "", "", "", 2, directory), null, properties::get, Map.of());
    }
}
