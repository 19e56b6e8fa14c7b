package orchestrator.engine.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a body that it should end. What the body hung on it is foreign code: it runs on a worker, never on the thread of
 * a timer, of a run, or of the framework. Thread safe.
 */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final Executor workers;
    private List<Runnable> actions = new ArrayList<>();
    private volatile boolean leaving;
    private volatile boolean cancelled;

    Cancellation(Executor workers) {
        this.workers = workers;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether the reason is that the plugin leaves. */
    boolean isLeaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
        cancel();
    }

    void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = actions;
            actions = new ArrayList<>();
        }
        if (!due.isEmpty()) {
            workers.execute(() -> due.forEach(Cancellation::run));
        }
    }

    void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        run(action);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (
                Throwable
                        e) { // foreign code may throw anything, and the other actions are still due
            LOG.warn("An action of a task that should end failed: {}", e.toString());
        }
    }
}
