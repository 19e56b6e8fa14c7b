package itests.simulation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** Simulations: three engines on one store, in virtual time, while everything goes wrong that can. */
public class SimulationTest {
    private static final int RUNS = Integer.getInteger("simulation.runs", 10_000);
    private static final int WORKFLOWS = Integer.getInteger("simulation.workflows", 1_000);
    private static final long SEED = 1;

    private static void hold(Campaign campaign, long count) {
        Campaign.Outcome outcome = campaign.run(SEED, count);
        if (outcome.verdict() != null) {
            List<String> story = new ArrayList<>();
            Plan plan = Plans.of(outcome.seed());
            Shrinking.tell(outcome.seed(), plan, outcome.verdict(), story::add);
            throw new AssertionError(String.join("\n", story));
        }
        assertEquals(count, outcome.done());
    }

    @Test
    public void everyInvariantHoldsWhateverHappens() {
        hold(new Campaign(Plans::of, done -> {}), RUNS);
    }

    /** Each small workflow once for each write, with a crash before it, and once more with a crash after it. */
    @Test
    public void everyInvariantHoldsWhereverANodeIsKilled() {
        for (int i = 0; i < WORKFLOWS; i++) {
            Plan quiet = Plans.quiet(1_000_000 + i);
            Simulation.Verdict whole = Simulation.of(quiet);
            assertNull(whole.text(), whole.kind());
            assertTrue(whole.writes() > 0);
            long writes = Math.min(whole.writes(), MOST_WRITES);
            hold(quiet, writes, Act.Kind.CRASH_BEFORE_WRITE);
            hold(quiet, writes, Act.Kind.CRASH_AFTER_WRITE);
        }
    }

    private static final long MOST_WRITES = 40;

    private static void hold(Plan quiet, long writes, Act.Kind kind) {
        for (long at = 1; at <= writes; at++) {
            List<Act> acts = new ArrayList<>(quiet.acts());
            acts.add(new Act(at, kind, 0, 0, 300));
            Plan plan = new Plan(quiet.seed(), quiet.shape(), quiet.flows(), acts);
            Simulation.Verdict verdict = Simulation.of(plan);
            if (!verdict.isGood()) {
                throw new AssertionError(verdict.text() + "\n" + plan.story());
            }
        }
    }

    @Test
    public void theSameSeedGivesTheSameCourseOfEvents() {
        for (long seed = 1; seed <= 50; seed++) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            Simulation.of(Plans.of(seed), first::add);
            Simulation.of(Plans.of(seed), second::add);
            assertEquals(String.join("\n", first), String.join("\n", second));
        }
    }

    @Test
    public void anotherSeedGivesAnother() {
        assertNotEquals(Simulation.of(Plans.of(1)).trace(), Simulation.of(Plans.of(2)).trace());
    }
}
