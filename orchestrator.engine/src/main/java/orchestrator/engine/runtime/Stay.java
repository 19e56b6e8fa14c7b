package orchestrator.engine.runtime;

import java.util.concurrent.CompletableFuture;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.RunState;

/** The stay of an active run in its node's memory: whether it takes room there, and how it ends. On the run's thread. */
final class Stay {
    private final ActiveRun run;
    private final RunObserver observer;
    private final RunEffects effects;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private boolean over;
    private boolean resting;

    Stay(ActiveRun run, RunObserver observer, RunEffects effects) {
        this.run = run;
        this.observer = observer;
        this.effects = effects;
    }

    /** Whether the run has left. */
    boolean isOver() {
        return over;
    }

    /** Completes when the run has left. */
    CompletableFuture<Void> left() {
        return left;
    }

    /** Whether the run takes no room among those of its node. */
    boolean isResting() {
        return resting;
    }

    /** A run that only waits for the runs that it started rests; one with work of its own does not. */
    void rest(boolean rests) {
        if (!over && resting != rests) {
            resting = rests;
            observer.resting(run, resting);
        }
    }

    /** The run has ended, durably. */
    void end(RunState state) {
        if (close()) {
            observer.ended(run, state);
        }
    }

    /** The run waits, and its node has given it back. */
    void release(RunSummary summary) {
        if (close()) {
            observer.released(run, summary);
        }
    }

    /** The run cannot go on here. */
    void lose(String why) {
        if (close()) {
            observer.lost(run, why);
        }
    }

    /** Ends all work for the run here; false if that has happened before. */
    private boolean close() {
        if (over) {
            return false;
        }
        over = true;
        effects.close();
        left.complete(null);
        return true;
    }
}
