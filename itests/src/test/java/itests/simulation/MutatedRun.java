package itests.simulation;

import java.util.function.LongFunction;

/** Simulations until one fails; made anew by the class loader of a planted bug. */
final class MutatedRun implements LongFunction<String> {

    /** For the class loader. */
    MutatedRun() {}

    /** Simulates up to so many; gives the seed and kind of the first failure, or null. */
    @Override
    public String apply(long within) {
        for (long seed = 1; seed <= within; seed++) {
            Simulation.Verdict verdict = Simulation.of(Plans.of(seed));
            if (!verdict.isGood()) {
                return seed + " " + verdict.kind();
            }
        }
        return null;
    }
}
