package orchestrator.engine.attempt;

import java.time.Duration;
import orchestrator.engine.time.Scheduler.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that a body holds, from its beginning until it lets it go. A body that goes on after its interrupt is
 * counted at once, and named in the log if it does so for long. Thread safe.
 */
final class BodyThread {
    private static final Logger LOG = LoggerFactory.getLogger(BodyThread.class);

    /** How long an interrupted body may go on before its thread is named in the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Attempt attempt;
    private final Attempts attempts;
    private Thread thread;
    private TaskBinding binding;
    private Lingering lingering; // or null
    private Timer watch; // from the interrupt on
    private boolean isNamed;

    BodyThread(Attempt attempt, Attempts attempts) {
        this.attempt = attempt;
        this.attempts = attempts;
    }

    /** The body begins on the calling thread. */
    synchronized void enter(TaskBinding task) {
        thread = Thread.currentThread();
        binding = task;
    }

    /** The thread is free for other work; an interrupt that came too late goes no further. */
    void leave() {
        boolean lingered;
        synchronized (this) {
            thread = null;
            lingered = lingering != null;
            lingering = null;
            if (lingered) { // else the timer would keep the classes of a plugin that has gone
                watch.cancel();
            }
        }
        Thread.interrupted();
        if (lingered) {
            binding.conduct().linger(-1);
            attempts.linger(attempt, this, -1);
            if (isNamed) {
                LOG.info("{} has come to the end of its body at last", attempt.spec());
            }
        }
    }

    /** What there is to say of a body that goes on after its interrupt; null if it does not. */
    synchronized Lingering lingering() {
        return lingering;
    }

    /** Asks the body to stop, if it is still there. */
    void interrupt() {
        synchronized (this) {
            if (thread == null || lingering != null) {
                return;
            }
            lingering =
                    new Lingering(
                            attempt.spec(),
                            binding.name() + " of " + binding.bundle(),
                            thread.getName(),
                            attempts.clock().now());
            if (thread
                    != Thread.currentThread()) { // else a call of the body's own has led here: it
                // would end that
                thread.interrupt();
            }
            watch = attempts.scheduler().schedule(PATIENCE, this::nameIfStuck);
            binding.conduct().linger(1);
        }
        attempts.linger(attempt, this, 1);
    }

    private void nameIfStuck() {
        synchronized (this) {
            if (lingering == null) {
                return;
            }
            isNamed = true;
            LOG.warn(
                    "{} has ended, but task {} of {} ignores its interrupt and still holds thread '{}'; {} of its bodies do so, and from {} on no more are begun",
                    attempt.spec(),
                    binding.name(),
                    binding.bundle(),
                    thread.getName(),
                    binding.conduct().lingering(),
                    TaskLine.MOST_LINGERING);
        }
    }
}
