package orchestrator.engine.attempt;

import java.time.Duration;
import java.time.Instant;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/**
 * The timers of one attempt: one for its end, or for what comes before it, and one for signs of life. What they run is
 * run under no lock. Thread safe.
 */
final class AttemptTimers {
    private final NodeClock clock;
    private final Scheduler scheduler;
    private Scheduler.Timer main;
    private Scheduler.Timer beat;
    private boolean closed;
    private volatile Instant alive = Instant.MIN;

    AttemptTimers(NodeClock clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Runs an action later, in place of what was to run. */
    synchronized void in(Duration delay, Runnable action) {
        forgetMain();
        if (!closed) {
            main = scheduler.schedule(delay, action);
        }
    }

    /** The attempt has what it waited for. */
    synchronized void forgetMain() {
        if (main != null) {
            main.cancel();
            main = null;
        }
    }

    /** Its body has begun, and says that it is alive once in every interval; if not, the action is run. */
    synchronized void expectBeats(Duration interval, Runnable silent) {
        alive = clock.now();
        listen(interval, interval, silent);
    }

    private void listen(Duration delay, Duration interval, Runnable silent) {
        beat =
                scheduler.schedule(
                        delay,
                        () -> {
                            if (isSilent(interval, silent)) {
                                silent.run();
                            }
                        });
    }

    private synchronized boolean isSilent(Duration interval, Runnable silent) {
        Duration rest = Duration.between(clock.now(), alive.plus(interval));
        if (closed) {
            return false;
        } else if (rest.isNegative() || rest.isZero()) {
            return true;
        }
        listen(rest, interval, silent);
        return false;
    }

    /** Its body is alive. */
    void beat() {
        alive = clock.now();
    }

    /** Nothing is run from now on. */
    synchronized void close() {
        closed = true;
        forgetMain();
        if (beat != null) {
            beat.cancel();
            beat = null;
        }
    }
}
