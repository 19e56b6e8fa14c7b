package itests.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits: bounded, for something that another process brings about; or for a moment at which something is to happen. */
final class Wait {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Wait() {}

    static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected %s within %s".formatted(what.get(), PATIENCE));
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    /** Lets time pass, as long as a fault lasts. */
    static void millis(long millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
