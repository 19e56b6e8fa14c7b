package orchestrator.state.jdbc.osgi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import orchestrator.state.jdbc.JdbcStateBackend;

/**
 * Sees to it that the backend is offered while its store answers. It is offered once the store has been opened, and
 * withdrawn when the store has not answered for 5 s: a shorter absence disturbs nobody. If the way to the store was
 * replaced, the new one is opened first, and then offered in place of the old. Time comes in; a thread calls {@link #step}
 * again and again.
 */
final class StoreWatch {
    private static final System.Logger LOG = System.getLogger("orchestrator.state.jdbc");
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Opener opener;
    private final Offer offer;
    private final LongSupplier nanoTime;
    private JdbcStateBackend backend;
    private Duration backoff = PROBE;
    private long answered;
    private String lastFailure = "";

    StoreWatch(Opener opener, Offer offer, LongSupplier nanoTime) {
        this.opener = opener;
        this.offer = offer;
        this.nanoTime = nanoTime;
    }

    /** Looks after the store once, and tells how long to wait before the next time. */
    Duration step() {
        if (backend == null) {
            return open();
        }
        return opener.isReplaced() ? replace() : probe();
    }

    /** Withdraws the backend and closes its store. */
    void close() {
        offer.withdraw();
        if (backend != null) {
            backend.close();
            backend = null;
        }
    }

    private Duration open() {
        try {
            backend = opener.open();
        } catch (RuntimeException e) {
            log("The store could not be opened, and is tried again", e);
            Duration wait = backoff;
            Duration doubled = wait.multipliedBy(2);
            backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
            return wait;
        }
        available();
        return PROBE;
    }

    private Duration replace() {
        JdbcStateBackend next;
        try {
            next = opener.open();
        } catch (RuntimeException e) {
            absent("What replaces the way to the store cannot be used", e);
            return PROBE;
        }
        close();
        backend = next;
        available();
        return PROBE;
    }

    private Duration probe() {
        try {
            opener.requireSource();
        } catch (RuntimeException e) {
            // Its connections are left to it.
            if (absent("The way to the store has gone", e)) {
                close();
            }
            return PROBE;
        }
        try {
            backend.probe();
            available();
        } catch (RuntimeException e) {
            absent("The store does not answer", e);
        }
        return PROBE;
    }

    /** Withdraws the backend once it has been absent for too long, and tells whether it has. */
    private boolean absent(String what, RuntimeException failure) {
        log(what, failure);
        boolean tooLong = nanoTime.getAsLong() - answered >= ABSENT_NANOS;
        if (tooLong) {
            offer.withdraw();
        }
        return tooLong;
    }

    private void available() {
        answered = nanoTime.getAsLong();
        backoff = PROBE;
        if (!lastFailure.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "The store answers again");
            lastFailure = "";
        }
        offer.offer(backend);
    }

    /** One line for each new kind of failure, not one a second. */
    private void log(String what, RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.equals(lastFailure)) {
            lastFailure = message;
            LOG.log(System.Logger.Level.WARNING, what + ". " + message);
        }
    }

    /** How the store is opened. */
    interface Opener {
        /** Opens it, or throws. */
        JdbcStateBackend open();

        /** Throws if what the store was opened by is not there any more, and nothing in its place. */
        void requireSource();

        /** Whether something else is there now to open the store by. */
        boolean isReplaced();
    }

    /** Where the backend is offered. Both may be called again without effect. */
    interface Offer {
        /** Offers it. */
        void offer(JdbcStateBackend backend);

        /** Withdraws it. */
        void withdraw();
    }
}
