package orchestrator.engine.time;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class NodeClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    public void itIsTheStoresTimePlusWhatElapsedToTheMicrosecond() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500); // monotonic time may wrap
        NodeClock clock = new NodeClock(START, nanos::get);
        nanos.addAndGet(1_999);
        assertEquals(START.plusNanos(1_000), clock.now());
        clock.sync(START.plusSeconds(60));
        nanos.addAndGet(5_000_000);
        assertEquals(START.plusSeconds(60).plusMillis(5), clock.now());
    }

    @Test
    public void itNeverGoesBack() {
        AtomicLong nanos = new AtomicLong();
        NodeClock clock = new NodeClock(START, nanos::get);
        Random random = new Random(1);
        Instant last = clock.now();
        for (int i = 0; i < 10_000; i++) {
            nanos.addAndGet(random.nextInt(2_000));
            clock.sync(last.plusNanos(random.nextInt(20_000) - 15_000));
            Instant now = clock.now();
            assertFalse(now + " before " + last, now.isBefore(last));
            last = now;
        }
    }
}
