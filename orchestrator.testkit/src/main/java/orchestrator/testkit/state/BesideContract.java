package orchestrator.testkit.state;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Logs;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** What lies beside the journal: snapshots, definitions and logs. */
public class BesideContract extends StateTopic {
    private static final int LARGE = 2 * 1024 * 1024;

    /** For the suite. */
    public BesideContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aSnapshotIsTheOneKeptLastOrGone() {
        createOwned("r1");
        assertEquals(Optional.empty(), backend.snapshot("r1"));
        assertEquals(Optional.empty(), backend.snapshot("nowhere"));
        backend.saveSnapshot("r1", new Snapshot(1, 1, bytes(10)));
        byte[] state = bytes(LARGE);
        backend.saveSnapshot("r1", new Snapshot(2, 3, state));
        backend.snapshot("r1")
                .ifPresent(
                        found -> {
                            assertEquals(2, found.sequence());
                            assertEquals(3, found.version());
                            assertArrayEquals(state, found.state());
                        });
    }

    @Test
    public void wordsAreSharedByAllNodes() {
        assertEquals(Set.of(), backend.share(List.of()));
        assertEquals(Set.of("b", TEXT), backend.share(List.of("b", TEXT, "b")));
        String longest = "x".repeat(1000);
        assertEquals(Set.of("b", TEXT, longest, "B"), backend.share(List.of("b", longest, "B")));
        assertEquals(Set.of("b", TEXT, longest, "B"), backend.share(List.of()));
    }

    @Test
    public void aDefinitionIsStoredOnce() {
        byte[] document = bytes(LARGE);
        assertEquals(Optional.empty(), backend.definition("hash"));
        backend.putDefinition("hash", document);
        backend.putDefinition("hash", document);
        backend.putDefinition("hash", new byte[] {1});
        backend.putDefinition(TEXT, new byte[] {2});
        assertEquals(2, backend.definition(TEXT).orElseThrow()[0]);
        backend.putDefinition("other", "{}".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(document, backend.definition("hash").orElseThrow());
        assertEquals(2, backend.definition("other").orElseThrow().length);
    }

    @Test
    public void logLinesComeBackInOrder() {
        createOwned("r1");
        assertEquals(new Logs(List.of(), 0), backend.logs("r1"));
        assertEquals(new Logs(List.of(), 0), backend.logs("nowhere"));
        LogLine odd = new LogLine(micros(123_457), TEXT, TEXT, 2, TEXT);
        LogLine longest = new LogLine(now, "INFO", "step_2", 1, "x".repeat(4096));
        backend.log("r1", List.of(odd, longest), 10);
        backend.log("r1", lines(0, 2), 10);
        Logs logs = backend.logs("r1");
        assertEquals(List.of(odd, longest), logs.lines().subList(0, 2));
        assertEquals(lines(0, 2), logs.lines().subList(2, 4));
        assertEquals(0, logs.dropped());
    }

    @Test
    public void theOldestLogLinesAreDroppedAndCounted() {
        createOwned("r1");
        createOwned("r2");
        backend.log("r1", lines(0, 3), 5);
        backend.log("r2", lines(0, 4), 5);
        backend.log("r1", lines(3, 4), 5);
        backend.log("r1", lines(7, 1), 5);
        assertEquals(new Logs(lines(3, 5), 3), backend.logs("r1"));
        backend.log("r1", lines(8, 12), 5);
        assertEquals(new Logs(lines(15, 5), 15), backend.logs("r1"));
        assertEquals(new Logs(lines(0, 4), 0), backend.logs("r2"));
    }

    @Test
    public void logsAreNotFenced() {
        createOwned("r1");
        supersede();
        backend.log("r1", lines(0, 1), 5);
        assertEquals(1, backend.logs("r1").lines().size());
    }

    @Test
    public void anEndedRunCanStillBeLogged() {
        createOwned("r1");
        RunSummary ended = run("r1").ended(RunStatus.COMPLETED, now).summary();
        append(Appends.to("r1", 1, 2).entries(1, now).summary(ended));
        backend.log("r1", lines(0, 1), 5);
        assertEquals(1, backend.logs("r1").lines().size());
    }

    private List<LogLine> lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new LogLine(now, "INFO", "step", 1, "line " + i))
                .toList();
    }
}
