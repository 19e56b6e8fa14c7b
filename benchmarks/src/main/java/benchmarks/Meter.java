package benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Says how long a round goes on, and takes down how long each of its runs took. Thread safe. */
public final class Meter {
    private static final int MOST_KEPT = 1 << 22;

    private final LongSupplier nanoTime;
    private final long end;
    private final int limit;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final long[] nanos;

    private Meter(LongSupplier nanoTime, long end, int limit) {
        this.nanoTime = nanoTime;
        this.end = end;
        this.limit = limit;
        this.nanos = new long[limit];
    }

    /** For a length of time. */
    public static Meter ofNanos(long length) {
        return new Meter(System::nanoTime, System.nanoTime() + length, MOST_KEPT);
    }

    /** For a number of runs. */
    public static Meter ofRuns(int runs) {
        return new Meter(() -> 0, 1, runs);
    }

    /** Whether one more run may start; it must be reported. */
    public boolean mayStart() {
        return nanoTime.getAsLong() - end < 0 && started.getAndIncrement() < limit;
    }

    /** A run has ended. */
    public void ended(long startNanos) {
        nanos[ended.getAndIncrement()] = System.nanoTime() - startNanos;
    }

    /** How many runs have ended. */
    public int runs() {
        return ended.get();
    }

    /** The time in nanoseconds that a share of the runs did not exceed. */
    long percentile(double share) {
        long[] sorted = Arrays.copyOf(nanos, ended.get());
        Arrays.sort(sorted);
        return sorted.length == 0
                ? 0
                : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
