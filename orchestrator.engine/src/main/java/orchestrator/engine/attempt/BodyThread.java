package orchestrator.engine.attempt;

import java.time.Duration;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that a body holds, from its beginning until it lets it go. Thread safe. */
final class BodyThread {
    private static final Logger LOG = LoggerFactory.getLogger(BodyThread.class);

    /** How long an interrupted body may go on before its thread is named in the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AttemptSpec spec;
    private final Scheduler scheduler;
    private Thread thread;
    private TaskBinding binding;

    BodyThread(AttemptSpec spec, Scheduler scheduler) {
        this.spec = spec;
        this.scheduler = scheduler;
    }

    /** The body begins on the calling thread. */
    synchronized void enter(TaskBinding task) {
        thread = Thread.currentThread();
        binding = task;
    }

    /** The thread is free for other work; an interrupt that came too late goes no further. */
    void leave() {
        synchronized (this) {
            thread = null;
        }
        Thread.interrupted();
    }

    /** Asks the body to stop, if it is still there. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
            Thread stuck = thread;
            scheduler.schedule(PATIENCE, () -> nameIfStuck(stuck));
        }
    }

    private void nameIfStuck(Thread stuck) {
        synchronized (this) {
            if (thread != stuck) {
                return;
            }
        }
        LOG.warn(
                "{} has ended, but task {} of {} ignores its interrupt and still holds thread '{}'",
                spec,
                binding.name(),
                binding.bundle(),
                stuck.getName());
    }
}
