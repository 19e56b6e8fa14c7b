package itests.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits, bounded, for something that another process brings about. */
final class Patience {
    /** Far above what is seen on a loaded machine. */
    static final Duration LONG = Duration.ofMinutes(2);

    private static final long PAUSE_NANOS = 5_000_000L;

    private Patience() {}

    /**
     * @param found what there is instead, for the message
     */
    static void until(String what, BooleanSupplier condition, Supplier<Object> found) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "Expected %s within %s, but found %s".formatted(what, LONG, found.get()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
