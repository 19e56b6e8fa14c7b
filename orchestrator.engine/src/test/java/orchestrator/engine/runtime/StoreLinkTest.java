package orchestrator.engine.runtime;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import orchestrator.api.state.NodeLease;
import org.junit.Test;

public class StoreLinkTest {
    private static final long SECOND = 1_000_000_000L;

    private final StoreLink store = new StoreLink();

    private void lease(String storeTime, long asked) {
        Instant at = Instant.parse(storeTime);
        store.lease(new NodeLease("a", 7, Duration.ofSeconds(10), at), asked);
    }

    @Test
    public void holdsForItsDurationFromWhenItWasAskedFor() {
        lease("2030-01-01T00:00:00Z", 3 * SECOND);
        assertTrue(store.holds(7, 13 * SECOND - 1));
        assertFalse(store.holds(7, 13 * SECOND));
        assertFalse(store.holds(8, 4 * SECOND));
    }

    @Test
    public void holdsAlthoughTheClockOfTheStoreWasSetBack() {
        lease("2030-01-01T00:01:00Z", 0);
        lease("2030-01-01T00:00:00Z", 5 * SECOND);
        assertTrue(store.holds(7, 14 * SECOND));
    }

    @Test
    public void holdsAcrossTheOverflowOfElapsedTime() {
        lease("2030-01-01T00:00:00Z", Long.MAX_VALUE - SECOND);
        assertTrue(store.holds(7, Long.MIN_VALUE + SECOND));
    }

    @Test
    public void doesNotHoldWhatWasForgotten() {
        lease("2030-01-01T00:00:00Z", 0);
        store.forgetLease();
        assertFalse(store.holds(7, 1));
    }
}
