package orchestrator.state.jdbc.osgi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import orchestrator.state.jdbc.JdbcStateBackend;

/**
 * Sees to it that the backend is offered while its store answers. It is offered once the store has been opened, and
 * withdrawn when the store has not answered for 5 s: a shorter absence disturbs nobody. Time comes in; a thread calls
 * {@link #step} again and again.
 */
final class StoreWatch {
    private static final System.Logger LOG = System.getLogger("orchestrator.state.jdbc");
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<JdbcStateBackend> opener;
    private final Offer offer;
    private final LongSupplier nanoTime;
    private JdbcStateBackend backend;
    private Duration backoff = PROBE;
    private long answered;
    private String lastFailure = "";

    StoreWatch(Supplier<JdbcStateBackend> opener, Offer offer, LongSupplier nanoTime) {
        this.opener = opener;
        this.offer = offer;
        this.nanoTime = nanoTime;
    }

    /** Looks after the store once, and tells how long to wait before the next time. */
    Duration step() {
        return backend == null ? open() : probe();
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
            backend = opener.get();
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

    private Duration probe() {
        try {
            backend.probe();
            available();
        } catch (RuntimeException e) {
            log("The store does not answer", e);
            if (nanoTime.getAsLong() - answered >= ABSENT_NANOS) {
                offer.withdraw();
            }
        }
        return PROBE;
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

    /** Where the backend is offered. Both may be called again without effect. */
    interface Offer {
        /** Offers it. */
        void offer(JdbcStateBackend backend);

        /** Withdraws it. */
        void withdraw();
    }
}
