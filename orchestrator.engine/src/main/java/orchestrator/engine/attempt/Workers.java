package orchestrator.engine.attempt;

import java.util.concurrent.Executor;

/** Runs bodies; one that blocks holds up no other. Thread safe. */
public interface Workers extends Executor {
    /**
     * Code that ran here has left: threads that are there now do no more work than they have, and others take their place.
     * What such code has left behind in them, for example in thread locals, goes with them.
     */
    default void retire() {}

    /**
     * Runs the last action of what the current thread does. The first piece of work that it hands over may follow on the
     * same thread instead of waking another. The action may wait for the store; it calls no code of plugins and is not called
     * within such a call, so that the store never sees a plugin's context class loader.
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
