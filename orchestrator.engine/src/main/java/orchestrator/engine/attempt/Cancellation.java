package orchestrator.engine.attempt;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a body that it should end. Thread safe. */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private List<Runnable> actions = new ArrayList<>();
    private volatile boolean leaving;
    private volatile boolean cancelled;

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
        due.forEach(Cancellation::run);
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
        } catch (RuntimeException e) {
            LOG.warn("An action of a task that should end failed: {}", e.toString());
        }
    }
}
