package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Very many at once. */
public class CrowdContract extends StateTopic {
    private static final int CALLERS = 1000;
    private static final int NODES = 4;
    private static final int RUNS = 100;
    private static final int ROUNDS = 100;

    private StateBackend second;

    /** For the suite. */
    public CrowdContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aThousandCallersWithOneStartKeyGetOneRun() throws Exception {
        second = secondHandle();
        List<CreateOutcome> outcomes =
                Race.between(
                        callers(
                                i ->
                                        handle(i)
                                                .create(
                                                        node,
                                                        List.of(
                                                                run("k." + i)
                                                                        .startKey("key", "hash")
                                                                        .unowned()))
                                                .get(0)));
        assertEquals(1, outcomes.stream().map(CreateOutcome::run).distinct().count());
        assertEquals(1, created(outcomes));
        List<String> all = IntStream.range(0, CALLERS).mapToObj(i -> "k." + i).toList();
        assertEquals(1, backend.summaries(all).size());
        assertEquals(List.of(1L, 2L), sequences(outcomes.get(0).run()));
    }

    @Test
    public void aThousandCallersCreateOneRunOnce() throws Exception {
        second = secondHandle();
        List<CreateOutcome> outcomes =
                Race.between(
                        callers(
                                i ->
                                        handle(i)
                                                .create(
                                                        node,
                                                        List.of(
                                                                run("k.1")
                                                                        .label("by", "" + i)
                                                                        .owned()))
                                                .get(0)));
        assertEquals(CALLERS, created(outcomes));
        assertEquals(List.of(1L, 2L), sequences("k.1"));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("k.1", 1, 2).entries(1, now)));
    }

    /**
     * 100 runs change hands 100 times. Each time four nodes claim at the same moment, and then all four append to all
     * runs at the same moment: each with the epoch that the owner has, and with the one that it last had itself.
     */
    @Test
    public void tenThousandRacesHaveOneWinnerEach() throws Exception {
        second = secondHandle();
        List<NodeLease> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(backend.enter("racer-" + i, LONG));
        }
        backend.create(
                node,
                IntStream.range(0, RUNS)
                        .mapToObj(i -> run("r" + i).wakeAt(now.minusSeconds(9)).unowned())
                        .toList());
        Map<String, Long> epochs = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<List<ClaimedRun>> claimed = claims(nodes);
            Map<String, ClaimedRun> owned = new HashMap<>();
            for (List<ClaimedRun> own : claimed) {
                for (ClaimedRun run : own) {
                    String id = run.summary().id();
                    assertEquals("claimed twice: " + id, null, owned.put(id, run));
                    long former = epochs.getOrDefault(id, 0L);
                    assertTrue("an epoch comes again: " + id, run.epoch() > former);
                    assertEquals("entries of losers: " + id, round + 2L, run.lastSequence());
                }
            }
            assertEquals(RUNS, owned.size());
            assertOneAppendEach(nodes, claimed, owned, epochs, round);
            owned.values().forEach(run -> epochs.put(run.summary().id(), run.epoch()));
        }
        assertEquals(ROUNDS + 2, journal("r0").size());
    }

    /** All runs are claimed; what the racers passed over falls to the first. */
    private List<List<ClaimedRun>> claims(List<NodeLease> nodes) throws Exception {
        List<List<ClaimedRun>> claimed =
                new ArrayList<>(
                        Race.between(
                                IntStream.range(0, NODES)
                                        .<Callable<List<ClaimedRun>>>mapToObj(
                                                i ->
                                                        () ->
                                                                handle(i)
                                                                        .claim(
                                                                                nodes.get(i),
                                                                                RUNS / 3,
                                                                                List.of())
                                                                        .runs())
                                        .toList()));
        List<ClaimedRun> first = new ArrayList<>(claimed.get(0));
        first.addAll(claimAll(nodes.get(0)));
        claimed.set(0, first);
        return claimed;
    }

    private void assertOneAppendEach(
            List<NodeLease> nodes,
            List<List<ClaimedRun>> claimed,
            Map<String, ClaimedRun> owned,
            Map<String, Long> epochs,
            int round)
            throws Exception {
        List<List<AppendOutcome>> outcomes =
                Race.between(
                        IntStream.range(0, NODES)
                                .<Callable<List<AppendOutcome>>>mapToObj(
                                        i ->
                                                () -> {
                                                    List<AppendOutcome> all = new ArrayList<>();
                                                    all.addAll(
                                                            handle(i)
                                                                    .append(
                                                                            nodes.get(i),
                                                                            stale(
                                                                                    owned, epochs,
                                                                                    round, i)));
                                                    all.addAll(
                                                            handle(i)
                                                                    .append(
                                                                            nodes.get(i),
                                                                            fresh(owned, i)));
                                                    return all;
                                                })
                                .toList());
        for (int i = 0; i < NODES; i++) {
            Set<String> own = new HashSet<>(ids(claimed.get(i)));
            int next = round == 0 ? 0 : RUNS;
            for (AppendOutcome outcome : outcomes.get(i).subList(0, next)) {
                assertEquals("a stale epoch", AppendOutcome.FENCED, outcome);
            }
            for (String id : owned.keySet()) {
                assertEquals(
                        "round " + round + ", node " + i + ", run " + id,
                        own.contains(id) ? AppendOutcome.APPENDED : AppendOutcome.FENCED,
                        outcomes.get(i).get(next++));
            }
        }
    }

    /** With the epoch of the round before; that of the run's first owner is none. */
    private List<Append> stale(
            Map<String, ClaimedRun> owned, Map<String, Long> epochs, int round, int by) {
        if (round == 0) {
            return List.of();
        }
        return owned.values().stream()
                .map(
                        run ->
                                Appends.to(
                                                run.summary().id(),
                                                epochs.get(run.summary().id()),
                                                run.lastSequence())
                                        .id("stale-" + round + "-" + by)
                                        .entries(1, now)
                                        .build())
                .toList();
    }

    private List<Append> fresh(Map<String, ClaimedRun> owned, int by) {
        return owned.values().stream()
                .map(run -> Appends.to(run).id("by-" + by).entries(1, now).release().build())
                .toList();
    }

    private StateBackend handle(int i) {
        return i % 2 == 0 ? backend : second;
    }

    private static long created(List<CreateOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.kind() == CreateOutcome.Kind.CREATED)
                .count();
    }

    private static List<Callable<CreateOutcome>> callers(Caller caller) {
        return IntStream.range(0, CALLERS)
                .<Callable<CreateOutcome>>mapToObj(i -> () -> caller.call(i))
                .collect(Collectors.toList());
    }

    private interface Caller {
        CreateOutcome call(int number) throws Exception;
    }
}
