package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The system calls of a process that appends: the disk is synced before each acknowledgement. Needs strace. */
public class SyncTest {
    private static final int BATCHES = 50;

    /** The store, and what strace writes. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everyAcknowledgementComesAfterASync() throws Exception {
        assumeTrue("strace can be run", canTrace());
        Path store = folder.newFolder("store").toPath();
        Path trace = folder.getRoot().toPath().resolve("trace");
        Process writer =
                ChildProcess.start(
                        store,
                        BATCHES,
                        "strace",
                        "-f",
                        "-qq",
                        "-y",
                        "-e",
                        "trace=fsync,fdatasync,write",
                        "-e",
                        "signal=none",
                        "-o",
                        trace.toString());
        String acknowledgements =
                new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue("the writer has not ended", writer.waitFor(120, TimeUnit.SECONDS));
        assertEquals(Files.readString(store.resolve("writer.err")), 0, writer.exitValue());
        assertEquals(BATCHES, acknowledgements.lines().count());
        assertEquals(BATCHES, acknowledgementsAfterSync(trace));
    }

    /** Counts the acknowledgements since whose predecessor the log or the database was synced; fails at any other. */
    private static int acknowledgementsAfterSync(Path trace) throws IOException {
        int acknowledgements = 0;
        boolean synced = false;
        for (String call : Files.readAllLines(trace)) {
            if (isSync(call)) {
                synced |= call.endsWith("= 0");
            } else if (call.contains("\"acknowledged ")) {
                assertTrue(
                        "Expected a sync before each acknowledgement, but found none before "
                                + call,
                        synced);
                acknowledgements++;
                synced = false;
            }
        }
        return acknowledgements;
    }

    private static boolean isSync(String call) {
        return (call.contains("sync(") && call.contains("store.db"))
                || call.contains("sync resumed");
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            Process strace =
                    new ProcessBuilder("strace", "-qq", "-e", "trace=none", "true").start();
            return strace.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
