package itests.simulation;

import java.util.function.LongFunction;

/**
 * A story that a simulation told once, made small. What was then as late as it had to be is so only under some seeds, which
 * change with every call that the engine makes more or less: a story is told under several. Made anew by the class loader
 * of a planted bug.
 */
abstract class Story implements LongFunction<String> {
    private final Plan plan;

    /**
     * @param plan as it was told
     */
    Story(Plan plan) {
        this.plan = plan;
    }

    /** What comes of it under so many seeds, from its own on: the first that is wrong, or the last. */
    Simulation.Verdict verdict(long seeds) {
        Simulation.Verdict verdict = null;
        for (long i = 0; i < seeds && (verdict == null || verdict.kind() == null); i++) {
            long seed = plan.seed() + i;
            verdict = Simulation.of(new Plan(seed, plan.shape(), plan.flows(), plan.acts()));
        }
        return verdict;
    }

    /** The kind of what is wrong under one of so many seeds, or null. */
    @Override
    public String apply(long seeds) {
        return verdict(seeds).kind();
    }
}
