package itests.simulation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** Simulations: three engines on one store, in virtual time, while everything goes wrong that can. */
public class SimulationTest {
    private static final int RUNS = Integer.getInteger("simulation.runs", 10_000);
    private static final int WORKFLOWS = Integer.getInteger("simulation.workflows", 1_000);
    private static final long SEED = 1;

    @Test
    public void everyInvariantHoldsWhateverHappens() {
        Campaign.Outcome outcome = Campaign.ofPlans(done -> {}).run(SEED, RUNS);
        if (outcome.verdict() != null) {
            List<String> story = new ArrayList<>();
            Plan plan = Plans.of(outcome.seed());
            Shrinking.tell(outcome.seed(), plan, outcome.verdict(), story::add);
            throw new AssertionError(String.join("\n", story));
        }
        assertEquals(RUNS, outcome.done());
    }

    /** Each small workflow once for each write, with a crash before it, and once more with a crash after it. */
    @Test
    public void everyInvariantHoldsWhereverANodeIsKilled() {
        Campaign campaign = new Campaign(SimulationTest::killAtEachWrite, done -> {});
        Campaign.Outcome outcome = campaign.run(1_000_000, WORKFLOWS);
        if (outcome.verdict() != null) {
            throw new AssertionError(outcome.verdict().text());
        }
        assertEquals(WORKFLOWS, outcome.done());
    }

    private static Simulation.Verdict killAtEachWrite(long seed) {
        Plan quiet = Plans.quiet(seed);
        Simulation.Verdict whole = Simulation.of(quiet);
        for (long at = 1; at <= whole.writes() && whole.isGood(); at++) {
            whole = kill(quiet, at, Act.Kind.CRASH_BEFORE_WRITE, whole);
            whole = kill(quiet, at, Act.Kind.CRASH_AFTER_WRITE, whole);
        }
        return whole;
    }

    /** The former verdict, unless a kill at that write finds something. */
    private static Simulation.Verdict kill(
            Plan quiet, long at, Act.Kind kind, Simulation.Verdict former) {
        List<Act> acts = new ArrayList<>(quiet.acts());
        acts.add(new Act(at, kind, 0, 0, 300));
        Plan plan = new Plan(quiet.seed(), quiet.shape(), quiet.flows(), acts);
        Simulation.Verdict verdict = Simulation.of(plan);
        return verdict.isGood() || !former.isGood()
                ? former
                : new Simulation.Verdict(
                        verdict.kind(), verdict.text() + "\n" + plan.story(), 0, 0);
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
