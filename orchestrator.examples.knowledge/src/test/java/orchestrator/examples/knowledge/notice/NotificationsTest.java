package orchestrator.examples.knowledge.notice;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class NotificationsTest {
    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private final Notifications notifications =
            new Notifications(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private Path file;

    @Before
    public void setUp() {
        file = temporary.getRoot().toPath().resolve("new/notifications.log");
    }

    @Test
    public void aRepetitionIsNotWritten() throws Exception {
        assertTrue(notifications.append(file, "run/1", "done"));
        assertFalse(notifications.append(file, "run/1", "done again"));
        assertTrue(notifications.append(file, "run/11", "other"));

        assertEquals(
                List.of("1970-01-01T00:00:00Z\trun/1\tdone", "1970-01-01T00:00:00Z\trun/11\tother"),
                Files.readAllLines(file));
    }

    @Test
    public void aMessageIsOneLine() throws Exception {
        notifications.append(file, "k\te\ny", "a\nb\tc");

        assertEquals(List.of("1970-01-01T00:00:00Z\tk e y\ta b c"), Files.readAllLines(file));
        assertFalse(notifications.append(file, "k\te\ny", "a"));
    }

    @Test
    public void aLineThatACrashCutIsWrittenAgain() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "1970-01-01T00:00:00Z\trun/1\tdo");

        assertTrue(notifications.append(file, "run/1", "done"));
        assertEquals(2, Files.readAllLines(file).size());
        assertFalse(notifications.append(file, "run/1", "done"));
    }
}
