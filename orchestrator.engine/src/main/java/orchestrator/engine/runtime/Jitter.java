package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** A random length of time, so that nodes do not do the same at the same moment. */
final class Jitter {
    private Jitter() {}

    /**
     * @param random gives numbers from 0 to below 1
     */
    static Duration between(Duration shortest, Duration longest, DoubleSupplier random) {
        long spread = longest.minus(shortest).toNanos();
        return shortest.plusNanos((long) (spread * random.getAsDouble()));
    }
}
