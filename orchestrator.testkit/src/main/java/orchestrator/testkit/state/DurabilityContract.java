package orchestrator.testkit.state;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Logs;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.Before;
import org.junit.Test;

/** What a store that is not volatile still knows after it was closed and opened. */
public class DurabilityContract extends StateTopic {
    /** For the suite. */
    public DurabilityContract(Callable<TestStore> stores) {
        super(stores);
    }

    /** Volatile backends promise nothing here. */
    @Before
    public void durable() {
        assumeFalse(backend.isVolatile());
    }

    @Test
    public void runsSurvive() throws Exception {
        RunSummary changed =
                run("r1").status(RunStatus.WAITING).label("a", "b").waitKeys("task:x").summary();
        createOwned("r1");
        append(Appends.to("r1", 1, 2).entries(3, now).summary(changed));
        reopen();
        assertEquals(changed, summary("r1"));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), sequences("r1"));
        assertArrayEquals(
                Runs.entries(4, 1, now).get(0).body(), backend.journal("r1", 4, 1).get(0).body());
        assertEquals(Map.of(RunStatus.WAITING, 1L), backend.count());
    }

    @Test
    public void membershipsAndOwnersSurvive() throws Exception {
        createOwned("r1");
        Appends append = Appends.to("r1", 1, 2).entries(1, now);
        append(append);
        reopen();
        assertEquals(node.incarnation(), backend.heartbeat(node).incarnation());
        assertEquals("repeated", AppendOutcome.APPENDED, append(append));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 3).entries(1, now)));
        assertEquals(List.of(), claimAll(backend.enter("node-2", LONG)));
    }

    @Test
    public void incarnationsAndEpochsNeverRepeat() throws Exception {
        createOwned("r1");
        reopen();
        NodeLease second = supersede();
        assertTrue(second.incarnation() > node.incarnation());
        ClaimedRun claimed = claimAll(second).get(0);
        assertTrue(claimed.epoch() > 1);
        append(second, Appends.to(claimed).summary(due("r1")).release());
        reopen();
        assertThrows(NodeFencedException.class, () -> backend.heartbeat(node));
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 1, 2).id("z").entries(1, now)));
        ClaimedRun again = claimAll(second).get(0);
        assertTrue(again.epoch() > claimed.epoch());
        assertEquals(2, again.fruitlessClaims());
        assertFalse(second.storeTime().isBefore(node.storeTime()));
    }

    @Test
    public void inboxesSurvive() throws Exception {
        createOwned("r1");
        create(run("r2").unowned());
        post("r1", "a");
        post("r1", "b");
        post("r2", "c");
        append(Appends.to("r1", 1, 2).entries(1, now).consumed(1L).seen(1));
        reopen();
        assertEquals("b", backend.mail(node).get(0).messageId());
        assertEquals(1, backend.mail(node).size());
        assertEquals(new PostOutcome(PostOutcome.Kind.DUPLICATE, 1), post("r1", "a"));
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 3), post("r1", "d"));
        assertEquals(List.of("r2"), ids(claimAll(node)));
    }

    @Test
    public void startKeysSurvive() throws Exception {
        create(run("k.1").startKey("key", "hash").unowned());
        reopen();
        assertEquals(
                List.of(new CreateOutcome(CreateOutcome.Kind.EXISTS, "k.1")),
                backend.create(node, List.of(run("k.2").startKey("key", "hash").unowned())));
    }

    @Test
    public void definitionsAndLogsSurvive() throws Exception {
        createOwned("r1");
        LogLine line = new LogLine(now, "INFO", "step", 1, "line");
        backend.log("r1", List.of(line, line, line), 2);
        backend.putDefinition("hash", new byte[] {1, 2, 3});
        backend.share(List.of("word"));
        reopen();
        assertEquals(Set.of("word"), backend.share(List.of()));
        assertEquals(new Logs(List.of(line, line), 1), backend.logs("r1"));
        assertArrayEquals(new byte[] {1, 2, 3}, backend.definition("hash").orElseThrow());
    }

    /** The handle is closed in the middle of an append; nobody knows what became of it until it is repeated. */
    @Test
    public void anAppendThatWasCutOffIsSettledByItsRepetition() throws Exception {
        for (int round = 0; round < 5; round++) {
            String id = "r" + round;
            createOwned(id);
            CountDownLatch writing = new CountDownLatch(1);
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> appendUntilCutOff(id, writing),
                                    () -> {
                                        writing.await();
                                        reopen();
                                        return null;
                                    }));
            Appends cutOff = (Appends) answers.get(0);
            long last = cutOff.build().lastSequence();
            int found = journal(id).size();
            assertTrue("acknowledged and lost", found == last || found == last + 1);
            assertEquals(AppendOutcome.APPENDED, append(cutOff));
            assertEquals(AppendOutcome.APPENDED, append(cutOff));
            assertEquals(LongStream.rangeClosed(1, last + 1).boxed().toList(), sequences(id));
        }
    }

    private Appends appendUntilCutOff(String id, CountDownLatch writing) {
        StateBackend handle = backend;
        for (long last = 2; ; last++) {
            Appends append = Appends.to(id, 1, last).entries(1, now);
            try {
                assertEquals(AppendOutcome.APPENDED, append(handle, node, append.build()));
            } catch (StateUnavailableException e) {
                return append;
            }
            writing.countDown();
        }
    }

    private RunSummary due(String id) {
        return run(id).wakeAt(now.minusSeconds(1)).summary();
    }
}
