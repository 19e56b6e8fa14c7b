package itests.simulation;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** Runs many simulations on many threads, each simulation on one: {@code make simulate RUNS=… SEED=…}. */
final class Simulate {
    private Simulate() {}

    public static void main(String[] args) throws InterruptedException {
        PrintStream out = System.out;
        long runs = Long.parseLong(args[0]);
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        long began = System.nanoTime();
        if (runs == 1) {
            out.println(Plans.of(first).story());
            Simulation.Verdict verdict = Simulation.of(Plans.of(first), out::println);
            out.println(verdict);
            return;
        }
        for (long seed = first; seed < first + runs; seed++) {
            Simulation.Verdict verdict = Simulation.of(Plans.of(seed));
            if (!verdict.isGood()) {
                out.println(seed + " " + verdict.kind() + ": " + verdict.text().lines().limit(12).collect(java.util.stream.Collectors.joining("\n")));
            }
        }
        out.printf("%d in %.1f s%n", runs, (System.nanoTime() - began) / 1e9);
    }
}
