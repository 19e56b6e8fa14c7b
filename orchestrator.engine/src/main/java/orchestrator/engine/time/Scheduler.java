package orchestrator.engine.time;

import java.time.Duration;

/** Runs things later. Thread safe. */
@FunctionalInterface
public interface Scheduler {
    /** Something that was scheduled. */
    @FunctionalInterface
    interface Timer {
        /** Takes it back, if it has not begun. */
        void cancel();
    }

    /** Runs a short action after a delay; it must not block. */
    Timer schedule(Duration delay, Runnable action);
}
