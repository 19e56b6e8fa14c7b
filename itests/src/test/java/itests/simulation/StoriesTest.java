package itests.simulation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Stories that simulations told once, made small: each was a bug of the engine or of a store. */
public class StoriesTest {
    private static final Shape CALM =
            new Shape(3, 1, 4_843, 50, 100, 0, 0, 0, 0, 0, List.of(1.0, 1.0, 1.0));

    /** Under how many seeds a story is told until it shows a planted bug. */
    private static final int SEEDS = 2_000;

    private static void hold(Shape shape, List<Flow> flows, Act... acts) {
        for (long seed : List.of(1L, 2L, 3L, 861L, 3576L)) {
            Simulation.Verdict verdict = Simulation.of(new Plan(seed, shape, flows, List.of(acts)));
            assertNull(verdict.text(), verdict.kind());
        }
    }

    private static void hold(Story story) {
        Simulation.Verdict verdict = story.verdict(5);
        assertNull(verdict.text(), verdict.kind());
    }

    private static Flow flow(String name, Map<String, Map<String, Object>> steps) {
        return new Flow(name, Map.of(), new LinkedHashMap<>(steps));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> steps(Object... namesAndSpecs) {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSpecs.length; i += 2) {
            steps.put((String) namesAndSpecs[i], (Map<String, Object>) namesAndSpecs[i + 1]);
        }
        return steps;
    }

    private static Map<String, Object> task() {
        return Map.of("task", "t0", "input", Map.of());
    }

    private static Map<String, Object> items() {
        return Map.of("task", "t0", "forEach", "input.items", "input", Map.of("item", "${item}"));
    }

    private static Map<String, Object> with(Map<String, Object> spec, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(spec);
        more.put(key, value);
        return more;
    }

    /** A clock that is ahead of the store's stays ahead: attempts must begin nevertheless. */
    @Test
    public void theClockOfANodeIsAheadForEver() {
        hold(
                CALM,
                List.of(flow("w0", Map.of("s0", task()))),
                new Act(1_000, Act.Kind.JUMP, 0, 0, 10_000),
                new Act(9_000, Act.Kind.START, 0, 0, 0));
    }

    /** An empty fan-out ends its run with its creation: it must not stand before others that wait for a claim. */
    @Test
    public void aRunThatEndsWithItsCreationLosesItsOwner() {
        hold(
                new Shape(3, 1, 3_000, 1, 1, 0, 0, 0, 0, 0, CALM.rates()),
                List.of(flow("w0", Map.of("s0", items()))),
                new Act(1_000, Act.Kind.START, 0, 0, 0),
                new Act(1_000, Act.Kind.START, 1, 0, 0),
                new Act(1_000, Act.Kind.START, 2, 0, 0),
                new Act(1_100, Act.Kind.FENCE, 0, 0, 0),
                new Act(1_100, Act.Kind.FENCE, 1, 0, 0),
                new Act(1_100, Act.Kind.FENCE, 2, 0, 0),
                new Act(3_000, Act.Kind.START, 0, 0, 0),
                new Act(2, Act.Kind.CRASH_AFTER_WRITE, 0, 0, 200),
                new Act(4, Act.Kind.CRASH_AFTER_WRITE, 0, 0, 200));
    }

    /** A command meets a lost lease; another node takes the run, and who sent the command hears of it. */
    @Test
    public void aCommandIsFollowedByAnotherNode() {
        hold(
                new Shape(3, 2, 7_418, 1, 100, 56, 0, 38, 0, 0, CALM.rates()),
                List.of(flow("w0", Map.of("s0", task(), "s1", task()))),
                new Act(1_501, Act.Kind.START, 0, 0, 0),
                new Act(5_071, Act.Kind.FENCE, 0, 0, 0),
                new Act(5_260, Act.Kind.PAUSE, 0, 0, 0));
    }

    /** No child could be created; the parent stays in memory until it has tried again. */
    @Test
    public void aParentDoesNotRestBeforeItsChildrenAreThere() {
        Map<String, Object> child =
                Map.of("workflow", "w0", "input", Map.of("items", "${input.items}"));
        Map<String, Object> t2 = Map.of("task", "t2", "input", Map.of());
        hold(
                new Shape(3, 1, 4_843, 50, 100, 0, 48, 0, 0, 0, CALM.rates()),
                List.of(
                        flow("w0", steps("s1", t2)),
                        flow("w1", steps("s0", t2, "s1", child, "s2", child))),
                new Act(1_498, Act.Kind.MUTE, 2, 0, 10_058),
                new Act(1_929, Act.Kind.START, 2, 1, 0),
                new Act(2_271, Act.Kind.FREEZE, 2, 0, 1_714),
                new Act(11_355, Act.Kind.MUTE, 2, 0, 12_669));
    }

    /** What was undone is done again, and so are the items of a fan-out. */
    @Test
    public void theItemsOfAFanOutThatWasUndoneAreNotKept() {
        undoneAndDoneAgain(items(), 1);
    }

    /** A result that is kept for an input is none for the input that a rerun changes. */
    @Test
    public void aChangedInputIsAnotherKey() {
        undoneAndDoneAgain(with(task(), "cache", Map.of("ttl", "30s")), 0);
    }

    private static void undoneAndDoneAgain(Map<String, Object> step, int how) {
        Map<String, Object> never =
                Map.of("waitFor", Map.of("signal", "go0", "timeout", "1s"), "after", List.of("s0"));
        Map<String, Object> undone = with(step, "compensate", Map.of("task", "t1"));
        hold(
                CALM,
                List.of(flow("w0", steps("s0", undone, "s1", never))),
                new Act(1_000, Act.Kind.START, 0, 0, 0),
                new Act(9_000, Act.Kind.RERUN, 0, 0, how));
    }

    /** What ends while another step is in progress is not seen by that: it may not be durable. */
    @Test
    public void whatIsNotDurableIsNotSeen() {
        Map<String, Object> any =
                Map.of(
                        "task",
                        "t0",
                        "after",
                        List.of("s1", "s0"),
                        "join",
                        "any",
                        "input",
                        Map.of("s0", "${s0}"));
        hold(
                new Shape(3, 2, 9_994, 50, 1, 0, 50, 0, 0, 0, CALM.rates()),
                List.of(flow("w0", steps("s0", items(), "s1", task(), "s2", any))),
                new Act(6_223, Act.Kind.START, 0, 0, 0),
                new Act(6_230, Act.Kind.OUTAGE, 0, 0, 2_897),
                new Act(9_073, Act.Kind.START, 0, 0, 0),
                new Act(10_116, Act.Kind.START, 0, 0, 0));
    }

    /** The timer of a child goes more slowly than the store's clock: its run may not rest meanwhile. */
    @Test
    public void aRunDoesNotRestWhileTheTimerOfAChildIsLate() {
        hold(new LateChild());
    }

    /** That story is told for one line of the engine, and fails without it. */
    @Test
    public void theStoryOfALateChildFindsItsBug() throws Exception {
        Mutation rests =
                new Mutation(
                        "a run rests while the timer of a child is late",
                        "orchestrator.engine.runtime.ChildStarts",
                        " && !isLate(state)",
                        "",
                        SEEDS);
        assertEquals("lost", MutationsTest.search(rests, LateChild.class));
    }

    /** The first creation of a child was not answered, the second one asked for no owner: it is not this node's. */
    @Test
    public void aRunThatAsksForNoOwnerIsNotTakenForOneOfAnEarlierTry() {
        hold(new DoubtfulChild());
    }

    /** A node that comes to start a child has lost its workflow: the run says so before it leaves. */
    @Test
    public void aRunIsNotReleasedBeforeItHasSaidWhatItMisses() {
        hold(new MissedChild());
    }

    /** That story is told for one line of the engine, and fails without it. */
    @Test
    public void theStoryOfAMissedChildFindsItsBug() throws Exception {
        Mutation drops =
                new Mutation(
                        "a run is released before it is told what a look has found",
                        "orchestrator.engine.runtime.ActiveRun",
                        "            takeIn(); // what a look",
                        "            // what a look",
                        SEEDS);
        assertEquals("lost", MutationsTest.search(drops, MissedChild.class));
    }

    /** Messages wait for a run that is taken over: what was lost is recorded before anything begins again. */
    @Test
    public void nothingBeginsBeforeATakeoverIsRecorded() {
        hold(new HastyTakeover());
    }

    /** That story is told for one line of the engine, and fails without it. */
    @Test
    public void theStoryOfAHastyTakeoverFindsItsBug() throws Exception {
        Mutation hurries =
                new Mutation(
                        "attempts begin again before their loss is recorded",
                        "orchestrator.engine.runtime.ActiveRun",
                        "refused.decided.commands().stream().map(Message.Tell::command)",
                        "java.util.stream.Stream.empty()",
                        SEEDS);
        String found = MutationsTest.search(hurries, HastyTakeover.class);
        assertTrue(found, List.of("body", "set-down").contains(found));
    }

    /** It is another node's by then: nothing begins here before the store has taken an append of this node's. */
    @Test
    public void aRunOfWhichNobodyWasToldHasOneOwner() {
        hold(new DisputedChild());
    }

    /** A message that was decided on long ago is posted again: its sender is told what was decided. */
    @Test
    public void whoSendsASignalAgainIsToldWhatWasDecidedBefore() {
        hold(new LateAnswer());
    }
}
