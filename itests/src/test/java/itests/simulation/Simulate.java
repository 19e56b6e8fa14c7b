package itests.simulation;

import java.io.PrintStream;

/** Simulations on demand: {@code make simulate RUNS=… SEED=…}. A single one is told in every detail. */
final class Simulate {
    private static final long STEP = 250;

    private Simulate() {}

    /** Arguments: how many, from which seed on ({@code seed=7}; any without a number), and whether a line shows how far it is. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        long runs = Long.parseLong(args[0]);
        String seed = args[1].substring("seed=".length());
        long first = seed.isEmpty() ? System.nanoTime() % 1_000_000_000L : Long.parseLong(seed);
        if (runs == 1) {
            System.exit(one(first, out) ? 0 : 1);
        }
        boolean shows = Boolean.parseBoolean(args[2]);
        long began = System.nanoTime();
        Campaign campaign =
                Campaign.ofPlans(
                        done -> {
                            if (shows && done % STEP == 0) {
                                out.printf(
                                        "\r%,d of %,d simulations, %,.0f a second ",
                                        done, runs, done / seconds(began));
                                out.flush();
                            }
                        });
        Campaign.Outcome outcome = campaign.run(first, runs);
        out.printf(
                "%s%,d simulations from seed %d on in %.0f s: %s%n",
                shows ? "\r" : "",
                outcome.done(),
                first,
                seconds(began),
                outcome.verdict() == null ? "every invariant held" : "a failure");
        if (outcome.verdict() != null) {
            Shrinking.tell(
                    outcome.seed(), Plans.of(outcome.seed()), outcome.verdict(), out::println);
            System.exit(1);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean one(long seed, PrintStream out) {
        Plan plan = Plans.of(seed);
        out.println(plan.story());
        Simulation.Verdict verdict = Simulation.of(plan, out::println);
        if (verdict.isGood()) {
            out.printf("Every invariant held; trace %x%n", verdict.trace());
        } else {
            Shrinking.tell(seed, plan, verdict, out::println);
        }
        return verdict.isGood();
    }
}
