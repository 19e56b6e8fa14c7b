package orchestrator.state.memory;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import org.junit.Test;

/** What the heap keeps, beyond the contract: entries as they are, and a bounded number of ended runs. */
public class KeptRunsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final MemoryStateBackend backend = new MemoryStateBackend(InstantSource.fixed(NOW), 3);
    private final NodeLease node = backend.enter("node", Duration.ofMinutes(1));

    @Test
    public void entriesAreKeptAsTheyAreAndNotEncoded() {
        Entry first = new Unencoded(1);
        Entry second = new Unencoded(2);
        RunSummary summary = Runs.run("r1", NOW).summary();
        backend.create(node, List.of(new NewRun(summary, List.of(first), null, null, true)));
        backend.append(node, List.of(Appends.to("r1", 1, 1).entries(List.of(second)).build()));
        assertSame(first, backend.journal("r1", 1, 10).get(0));
        assertSame(second, backend.journal("r1", 1, 10).get(1));
    }

    @Test
    public void endedRunsBeyondTheLimitGoOldestEndFirst() {
        create("running");
        for (int i : new int[] {5, 1, 4, 2, 3}) {
            create("r" + i);
            end("r" + i, NOW.plusSeconds(i));
        }
        assertEquals(List.of("running", "r5", "r4", "r3"), found());
        assertEquals(List.of(), backend.journal("r1", 1, 10));
        assertEquals(Map.of(RunStatus.RUNNING, 1L, RunStatus.COMPLETED, 3L), backend.count());
    }

    @Test
    public void longJournalsLeaveRoomForFewerRunsButAlwaysForTheNewest() {
        create("r1");
        end("r1", NOW.plusSeconds(1)); // 3 entries
        create("r2");
        end("r2", NOW.plusSeconds(2), 85); // 87
        assertEquals(List.of("r2", "r1"), found());
        create("r3");
        end("r3", NOW.plusSeconds(3)); // 3: 93 of 90
        assertEquals(List.of("r3", "r2"), found());
        create("r4");
        end("r4", NOW.plusSeconds(4), 200);
        assertEquals(List.of("r4"), found());
        create("r5");
        end("r5", NOW.plusSeconds(5));
        assertEquals(List.of("r5"), found());
    }

    @Test
    public void aLowerLimitHoldsAtOnce() {
        for (int i = 1; i <= 3; i++) {
            create("r" + i);
            end("r" + i, NOW.plusSeconds(i));
        }
        backend.keepFinishedRuns(1);
        assertEquals(List.of("r3"), found());
        backend.keepFinishedRuns(2);
        create("r4");
        end("r4", NOW.plusSeconds(4));
        assertEquals(List.of("r4", "r3"), found());
    }

    @Test
    public void theStartKeyOfADroppedRunOutlivesIt() {
        backend.keepFinishedRuns(0);
        backend.create(node, List.of(Runs.run("r1", NOW).startKey("key", "hash").owned()));
        end("r1", NOW);
        assertEquals(List.of(), found());
        assertEquals(new CreateOutcome(CreateOutcome.Kind.EXISTS, "r1"), startAgain());
        backend.delete(NOW, Set.of(RunStatus.COMPLETED), NOW.plusSeconds(1), 10);
        assertEquals(new CreateOutcome(CreateOutcome.Kind.CREATED, "r2"), startAgain());
    }

    private CreateOutcome startAgain() {
        return backend.create(node, List.of(Runs.run("r2", NOW).startKey("key", "hash").owned()))
                .get(0);
    }

    private void create(String id) {
        backend.create(node, List.of(Runs.run(id, NOW).owned()));
    }

    private void end(String id, Instant at) {
        end(id, at, 1);
    }

    private void end(String id, Instant at, int entries) {
        RunSummary ended = Runs.run(id, NOW).ended(RunStatus.COMPLETED, at).summary();
        assertEquals(
                List.of(AppendOutcome.APPENDED),
                backend.append(
                        node,
                        List.of(Appends.to(id, 1, 2).entries(entries, at).summary(ended).build())));
    }

    private List<String> found() {
        return backend.find(RunQuery.all(10)).runs().stream().map(RunSummary::id).toList();
    }

    /** An entry that must not be encoded. */
    private record Unencoded(long sequence) implements Entry {
        @Override
        public String type() {
            return "Noted";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Instant at() {
            return NOW;
        }

        @Override
        public byte[] body() {
            throw new AssertionError("Expected never to be encoded by a volatile backend");
        }
    }
}
