package orchestrator.engine.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The store's time from the last heartbeat plus the time elapsed since, to the microsecond; it never goes back. Thread
 * safe.
 */
public final class NodeClock {
    private final LongSupplier nanoTime;
    private final AtomicReference<Reading> reading;

    private record Reading(Instant at, long nanos) {}

    /**
     * A clock that has not met its store yet.
     *
     * @param start the time to begin with
     * @param nanoTime elapsed monotonic time in nanoseconds
     */
    public NodeClock(Instant start, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.reading = new AtomicReference<>(new Reading(start, nanoTime.getAsLong()));
    }

    /** The time. */
    public Instant now() {
        Reading last = reading.get();
        return last.at.plusNanos(nanoTime.getAsLong() - last.nanos).truncatedTo(ChronoUnit.MICROS);
    }

    /** Elapsed monotonic time in nanoseconds; the store's time does not move it. */
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Takes the store's time over, if it is later than this clock's. */
    public void sync(Instant storeTime) {
        reading.updateAndGet(
                last -> {
                    long nanos = nanoTime.getAsLong();
                    Instant mine = last.at.plusNanos(nanos - last.nanos);
                    return new Reading(storeTime.isAfter(mine) ? storeTime : mine, nanos);
                });
    }
}
