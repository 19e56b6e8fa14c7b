package orchestrator.engine.attempt;

import java.util.concurrent.Executor;

/** Runs bodies; one that blocks holds up no other. Thread safe. */
public interface Workers extends Executor {
    /**
     * Runs the last action of what the current thread does. The first piece of work that it hands over may follow on the
     * same thread instead of waking another, so the action must not block, and must call no foreign code.
     */
    default void last(Runnable action) {
        action.run();
    }

    /** Whether the calling thread is at such a last action: what follows from it costs no other thread. */
    default boolean isEnding() {
        return false;
    }

    /** Whether the calling thread is at such a last action, and nothing waits for it meanwhile. */
    default boolean mayBlock() {
        return false;
    }
}
