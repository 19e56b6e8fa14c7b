package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import orchestrator.api.state.Entry;
import orchestrator.state.jdbc.JdbcStateBackend;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A process that appends is killed with SIGKILL; whatever it had acknowledged is there. */
public class CrashTest {
    private static final int ROUNDS = 4;
    private static final int MOST_BATCHES = 400;

    /** The store. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Path store = folder.getRoot().toPath();
        Random random = new Random();
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long former = acknowledged;
            acknowledged = writeAndKill(store, 1 + random.nextInt(MOST_BATCHES));
            assertTrue(
                    "Expected progress in round " + round + ", but found: " + errors(store),
                    acknowledged > former);
            try (JdbcStateBackend reopened = SqliteStore.open(store, 2, Clock.systemUTC())) {
                for (int run = 0; run < AcknowledgingWriter.RUNS; run++) {
                    assertWhole(reopened, "run-" + run, acknowledged);
                }
            }
        }
    }

    /** Kills the writer at some moment after so many acknowledgements, and gives the last one that it made. */
    private static long writeAndKill(Path store, int batches)
            throws IOException, InterruptedException {
        Process writer = ChildProcess.start(store, Integer.MAX_VALUE);
        long last = 0;
        try (BufferedReader lines = writer.inputReader()) {
            String line = lines.readLine();
            for (int batch = 0; line != null; batch++) {
                last = Long.parseLong(line.substring("acknowledged ".length()));
                if (batch == batches) {
                    // By its handle: destroying the Process would close the stream before it is
                    // read to its end.
                    writer.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return last;
    }

    private static void assertWhole(JdbcStateBackend backend, String run, long acknowledged) {
        long next = 1;
        for (var part = backend.journal(run, next, 1000);
                !part.isEmpty();
                part = backend.journal(run, next, 1000)) {
            for (Entry entry : part) {
                assertTrue("a gap before " + entry.sequence(), entry.sequence() == next);
                next++;
            }
        }
        assertTrue(
                "Expected " + acknowledged + " entries of " + run + ", but found " + (next - 1),
                next > acknowledged);
    }

    private static String errors(Path store) throws IOException {
        return Files.readString(store.resolve("writer.err"));
    }
}
