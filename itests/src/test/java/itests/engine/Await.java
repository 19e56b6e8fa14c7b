package itests.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, bounded, for something that another thread brings about and nobody announces. */
final class Await {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within 30 s");
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }
}
