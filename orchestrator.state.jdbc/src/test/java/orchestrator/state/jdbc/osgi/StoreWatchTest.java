package orchestrator.state.jdbc.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.Session;
import org.junit.Test;

/** When the backend is offered and withdrawn, in virtual time. */
public class StoreWatchTest {
    private final Switch store = new Switch();
    private final Registry registry = new Registry();
    private long nanos;
    private final Way way = new Way();
    private final StoreWatch watch = new StoreWatch(way, registry, () -> nanos);

    @Test
    public void itIsOfferedOnceTheStoreIsOpen() {
        store.up = false;
        watch.step();
        assertFalse(registry.offered);
        store.up = true;
        watch.step();
        assertTrue(registry.offered);
    }

    @Test
    public void openingIsTriedMoreAndMoreSeldom() {
        store.up = false;
        Duration total = Duration.ZERO;
        for (int i = 0; i < 6; i++) {
            total = total.plus(watch.step());
        }
        assertEquals(Duration.ofSeconds(1 + 2 + 4 + 8 + 16 + 30), total);
    }

    @Test
    public void anAbsenceOf3SecondsDisturbsNobody() {
        watch.step();
        store.up = false;
        passing(3);
        store.up = true;
        passing(1);
        store.up = false;
        passing(4);
        assertTrue(registry.offered);
        assertEquals("never withdrawn", 0, registry.withdrawals);
    }

    @Test
    public void anAbsenceOf5SecondsWithdrawsItUntilTheStoreAnswers() {
        watch.step();
        store.up = false;
        passing(5);
        assertFalse(registry.offered);
        passing(60);
        store.up = true;
        passing(1);
        assertTrue(registry.offered);
        assertEquals(1, registry.withdrawals);
        assertFalse("the same store is used again", store.closed);
    }

    @Test
    public void closingWithdrawsItAndClosesTheStore() {
        watch.step();
        watch.close();
        assertFalse(registry.offered);
        assertTrue(store.closed);
    }

    @Test
    public void aWayThatGoesAndComesBackWithin5SecondsIsTakenWithoutAnAbsence() {
        watch.step();
        JdbcStateBackend first = registry.backend;
        way.there = false;
        passing(4);
        assertTrue(registry.offered);
        way.there = true;
        way.replaced = true;
        passing(1);
        assertTrue(registry.offered);
        assertNotSame("the new one is used", first, registry.backend);
        assertEquals("one taken for the other", 1, registry.withdrawals);
    }

    @Test
    public void aWayThatIsGoneFor5SecondsIsLeftAlone() {
        watch.step();
        way.there = false;
        passing(5);
        assertFalse(registry.offered);
        assertTrue("its connections are given back", store.closed);
        passing(3);
        way.there = true;
        passing(1);
        assertTrue(registry.offered);
    }

    @Test
    public void aReplacementThatCannotBeUsedIsAnAbsence() {
        watch.step();
        way.replaced = true;
        store.up = false;
        passing(4);
        assertTrue(registry.offered);
        passing(1);
        assertFalse(registry.offered);
        store.up = true;
        passing(1);
        assertTrue(registry.offered);
    }

    private void passing(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            watch.step();
        }
    }

    /** The way to the store, as a data source is one. */
    private final class Way implements StoreWatch.Opener {
        private boolean there = true;
        private boolean replaced;

        @Override
        public JdbcStateBackend open() {
            requireSource();
            store.require();
            replaced = false;
            return new JdbcStateBackend(store, null);
        }

        @Override
        public void requireSource() {
            if (!there) {
                throw new StateUnavailableException("Expected a way, but found none", null);
            }
        }

        @Override
        public boolean isReplaced() {
            return there && replaced;
        }
    }

    /** A database that is there or not. */
    private static final class Switch implements Database {
        private boolean up = true;
        private boolean closed;

        void require() {
            if (!up) {
                throw new StateUnavailableException("Expected an answer, but found none", null);
            }
        }

        @Override
        public <T> T read(String what, Work<T> work) {
            require();
            return null;
        }

        @Override
        public <T> T write(String what, Work<T> work) {
            return read(what, work);
        }

        @Override
        public long now(Session session) {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Registry implements StoreWatch.Offer {
        private JdbcStateBackend backend;
        private boolean offered;
        private int withdrawals;

        @Override
        public void offer(JdbcStateBackend offer) {
            backend = offer;
            offered = true;
        }

        @Override
        public void withdraw() {
            if (offered) {
                offered = false;
                withdrawals++;
            }
        }
    }
}
