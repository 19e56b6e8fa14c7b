package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
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

    @Test
    public void afterAClaimNoLateAppendBecomesVisible() throws Exception {
        StateBackend other = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            NodeLease old = backend.enter("old-" + round, LONG);
            List<String> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                String id = "r" + round + "-" + i;
                runs.add(id);
                backend.create(old, List.of(run(id).owned()));
            }
            var late =
                    runs.stream().map(id -> Appends.to(id, 1, 2).entries(3, now).build()).toList();
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> backend.append(old, late),
                                    () -> takeOverAndLook(other, old)));
            @SuppressWarnings("unchecked")
            List<AppendOutcome> outcomes = (List<AppendOutcome>) answers.get(0);
            TakenOver taken = (TakenOver) answers.get(1);
            assertEquals(RUNS, taken.runs().size());
            for (ClaimedRun claimed : taken.runs()) {
                String id = claimed.summary().id();
                List<Long> seen = taken.sequences().get(taken.runs().indexOf(claimed));
                AppendOutcome outcome = outcomes.get(runs.indexOf(id));
                assertEquals(id, claimed.lastSequence(), seen.size());
                assertEquals(
                        "what the claim did not find became visible: " + id, seen, sequences(id));
                assertEquals(id, outcome == AppendOutcome.APPENDED ? 5 : 2, claimed.lastSequence());
                assertTrue(id, claimed.epoch() > 1);
                assertEquals(
                        AppendOutcome.FENCED,
                        append(old, Appends.to(id, 1, seen.size()).id("z").entries(1, now)));
                assertEquals(
                        AppendOutcome.APPENDED,
                        append(taken.lease(), Appends.to(claimed).entries(1, now)));
            }
        }
    }

    @Test
    public void aRunCreatedByANodeThatIsFencedIsRefusedOrClaimable() throws Exception {
        StateBackend other = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            NodeLease old = backend.enter("old-" + round, LONG);
            var runs = List.of(run("a" + round).owned(), run("b" + round).owned());
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> createUnlessFenced(old, runs),
                                    () -> takeOverAndLook(other, old)));
            boolean created = (Boolean) answers.get(0);
            TakenOver taken = (TakenOver) answers.get(1);
            List<String> found = new ArrayList<>(ids(taken.runs()));
            found.addAll(ids(other.claim(taken.lease(), 100, List.of()).runs()));
            int stored = backend.summaries(List.of("a" + round, "b" + round)).size();
            assertTrue("created but not stored", !created || stored == 2);
            assertEquals("stored but not to be claimed", stored, found.size());
            for (ClaimedRun run : taken.runs()) {
                assertTrue(run.epoch() > 1);
            }
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

    private record TakenOver(NodeLease lease, List<ClaimedRun> runs, List<List<Long>> sequences) {}

    /** Ends the old incarnation, claims what it had, and reads the journals as they are at that moment. */
    private static TakenOver takeOverAndLook(StateBackend handle, NodeLease old) {
        NodeLease fresh = handle.enter(old.node(), LONG);
        List<ClaimedRun> runs = handle.claim(fresh, 100, List.of()).runs();
        List<List<Long>> sequences = new ArrayList<>();
        for (ClaimedRun run : runs) {
            sequences.add(
                    handle.journal(run.summary().id(), 1, 100).stream()
                            .map(Entry::sequence)
                            .toList());
        }
        return new TakenOver(fresh, runs, sequences);
    }

    private boolean createUnlessFenced(NodeLease lease, List<NewRun> runs) {
        try {
            return backend.create(lease, runs).stream()
                    .allMatch(outcome -> outcome.kind() == CreateOutcome.Kind.CREATED);
        } catch (NodeFencedException e) {
            return false;
        }
    }

    private List<ClaimedRun> claimUnlessFenced(NodeLease lease) {
        try {
            return backend.claim(lease, 10, List.of()).runs();
        } catch (NodeFencedException e) {
            return List.of();
        }
    }
}
