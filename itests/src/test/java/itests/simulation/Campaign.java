package itests.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** Many simulations, each on one thread; as many at a time as there are processors. */
final class Campaign {
    private final LongFunction<Simulation.Verdict> simulations;
    private final LongConsumer progress;

    /**
     * What came of it.
     *
     * @param done how many simulations were carried out
     * @param seed the seed of the first failure that was seen; 0 if none
     * @param verdict on that seed, or null
     */
    record Outcome(long done, long seed, Simulation.Verdict verdict) {}

    /**
     * A campaign.
     *
     * @param simulations carries out what belongs to a seed
     * @param progress is told now and then how many are done
     */
    Campaign(LongFunction<Simulation.Verdict> simulations, LongConsumer progress) {
        this.simulations = simulations;
        this.progress = progress;
    }

    /** One of the plans that seeds have. */
    static Campaign ofPlans(LongConsumer progress) {
        return new Campaign(seed -> Simulation.of(Plans.of(seed)), progress);
    }

    /** Simulates some seeds; stops soon after the first failure. */
    Outcome run(long first, long count) {
        AtomicLong next = new AtomicLong(first);
        AtomicLong done = new AtomicLong();
        AtomicReference<Outcome> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread =
                    new Thread(() -> work(next, first + count, done, failed), "simulation-" + i);
            threads.add(thread);
            thread.start();
        }
        join(threads);
        Outcome outcome = failed.get();
        return outcome == null
                ? new Outcome(done.get(), 0, null)
                : new Outcome(done.get(), outcome.seed, outcome.verdict);
    }

    private void work(AtomicLong next, long end, AtomicLong done, AtomicReference<Outcome> failed) {
        long seed = next.getAndIncrement();
        while (seed < end && failed.get() == null) {
            Simulation.Verdict verdict = simulations.apply(seed);
            if (!verdict.isGood()) {
                failed.compareAndSet(null, new Outcome(0, seed, verdict));
            }
            progress.accept(done.incrementAndGet());
            seed = next.getAndIncrement();
        }
    }

    private static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
