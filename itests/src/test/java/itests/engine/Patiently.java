package itests.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what very many runs bring about: as long as it takes, and an hour at the most. */
final class Patiently {
    private static final long PATIENCE_NANOS = 3_600_000_000_000L;

    private Patiently() {}

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Expected " + what + " within an hour");
            }
            LockSupport.parkNanos(100_000_000L);
        }
    }
}
