package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** What a node that was taken over still has under way, against the node that takes over. */
public class FencingContract extends StateTopic {
    private static final int ROUNDS = 30;
    private static final int RUNS = 5;

    /** For the suite. */
    public FencingContract(Callable<TestStore> stores) {
        super(stores);
    }

    /** The old node appends without a pause; the other takes over once it is in the middle of that. */
    @Test
    public void afterAClaimNoLateAppendBecomesVisible() throws Exception {
        StateBackend other = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            NodeLease old = backend.enter("old-" + round, LONG);
            List<String> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add("r" + round + "-" + i);
                backend.create(old, List.of(run(runs.get(i)).owned()));
            }
            CountDownLatch writing = new CountDownLatch(1);
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> appendUntilFenced(old, runs, writing),
                                    () -> {
                                        writing.await();
                                        return takeOverAndLook(other, old);
                                    }));
            long[] written = (long[]) answers.get(0);
            TakenOver taken = (TakenOver) answers.get(1);
            assertEquals(Set.copyOf(runs), Set.copyOf(ids(taken.runs())));
            for (ClaimedRun claimed : taken.runs()) {
                String id = claimed.summary().id();
                assertEquals(
                        "acknowledged and lost, or unknown to the claim: " + id,
                        written[runs.indexOf(id)],
                        claimed.lastSequence());
                assertEquals(
                        "became visible after the claim: " + id,
                        claimed.lastSequence(),
                        journal(id).size());
                assertTrue(id, claimed.epoch() > 1);
                assertEquals(
                        AppendOutcome.APPENDED,
                        append(taken.lease(), Appends.to(claimed).entries(1, now)));
            }
            assertEquals("visible right after the claim", List.of(), taken.late());
        }
    }

    /** The last sequence that was acknowledged for each run. */
    private long[] appendUntilFenced(NodeLease old, List<String> runs, CountDownLatch writing) {
        long[] last = new long[runs.size()];
        Arrays.fill(last, 2);
        boolean fenced = false;
        while (!fenced) {
            List<Append> appends = new ArrayList<>();
            for (int i = 0; i < last.length; i++) {
                appends.add(Appends.to(runs.get(i), 1, last[i]).entries(1, now).build());
            }
            List<AppendOutcome> outcomes = backend.append(old, appends);
            fenced = true;
            for (int i = 0; i < last.length; i++) {
                if (outcomes.get(i) == AppendOutcome.APPENDED) {
                    last[i]++;
                    fenced = false;
                } else {
                    assertEquals(AppendOutcome.FENCED, outcomes.get(i));
                }
            }
            writing.countDown();
        }
        return last;
    }

    /** The old node creates without a pause; the other takes over once it is in the middle of that. */
    @Test
    public void aRunCreatedByANodeThatIsFencedIsRefusedOrClaimable() throws Exception {
        StateBackend other = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            NodeLease old = backend.enter("old-" + round, LONG);
            String prefix = "r" + round + "-";
            CountDownLatch writing = new CountDownLatch(1);
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> createUntilFenced(old, prefix, writing),
                                    () -> {
                                        writing.await();
                                        return takeOverAndLook(other, old);
                                    }));
            @SuppressWarnings("unchecked")
            List<String> created = (List<String>) answers.get(0);
            TakenOver taken = (TakenOver) answers.get(1);
            Set<String> found = new HashSet<>(ids(taken.runs()));
            List<ClaimedRun> more = other.claim(taken.lease(), 1000, List.of()).runs();
            while (!more.isEmpty()) {
                found.addAll(ids(more));
                more = other.claim(taken.lease(), 1000, List.of()).runs();
            }
            Set<String> lost = new HashSet<>(created);
            lost.removeAll(found);
            assertEquals("created and not to be claimed", Set.of(), lost);
        }
    }

    /** The runs that were acknowledged. */
    private List<String> createUntilFenced(NodeLease old, String prefix, CountDownLatch writing) {
        List<String> created = new ArrayList<>();
        try {
            while (true) {
                String a = prefix + created.size();
                String b = prefix + (created.size() + 1);
                backend.create(old, List.of(run(a).owned(), run(b).owned()));
                created.add(a);
                created.add(b);
                writing.countDown();
            }
        } catch (NodeFencedException e) {
            return created;
        }
    }

    @Test
    public void aClaimByANodeThatIsFencedIsRefusedOrTakenOver() throws Exception {
        StateBackend other = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            NodeLease old = backend.enter("old-" + round, LONG);
            String id = "r" + round;
            create(run(id).wakeAt(now.minusSeconds(1)).unowned());
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> claimUnlessFenced(old),
                                    () -> backend.enter(old.node(), LONG)));
            NodeLease fresh = (NodeLease) answers.get(1);
            assertNotEquals(old.incarnation(), fresh.incarnation());
            List<ClaimedRun> claimed = other.claim(fresh, 10, List.of()).runs();
            assertEquals("round " + round, List.of(id), ids(claimed));
            assertEquals(
                    AppendOutcome.APPENDED,
                    append(fresh, Appends.to(claimed.get(0)).entries(1, now)));
        }
    }

    private record TakenOver(NodeLease lease, List<ClaimedRun> runs, List<Entry> late) {}

    /** Ends the old incarnation, claims what it had, and reads on at once from where the claim says the journals end. */
    private static TakenOver takeOverAndLook(StateBackend handle, NodeLease old) {
        NodeLease fresh = handle.enter(old.node(), LONG);
        List<ClaimedRun> runs = handle.claim(fresh, 100, List.of()).runs();
        List<Entry> late = new ArrayList<>();
        for (ClaimedRun run : runs) {
            late.addAll(handle.journal(run.summary().id(), run.lastSequence() + 1, 10));
        }
        return new TakenOver(fresh, runs, late);
    }

    private List<ClaimedRun> claimUnlessFenced(NodeLease lease) {
        try {
            return backend.claim(lease, 10, List.of()).runs();
        } catch (NodeFencedException e) {
            return List.of();
        }
    }
}
