package orchestrator.engine.runtime;

import orchestrator.api.state.Append;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.RunState;

/** Is told when a run leaves memory. Called on the run's thread; must not block. */
interface RunObserver {
    /** The run has ended, durably. */
    void ended(ActiveRun run, RunState state);

    /** The run waits, and has no owner any more. */
    void released(ActiveRun run, RunSummary summary);

    /** The run has nothing in flight but runs that it started, or has work of its own again: only that takes room. */
    void resting(ActiveRun run, boolean resting);

    /** The run has left before it decided on a message, which stays in the store for who takes the run next. */
    void unread(Message.Tell message);

    /** The run cannot go on: the append says so in the store, and gives the run up. */
    void setAside(Append append);

    /** The run is not this node's any more, or cannot be written. */
    void lost(ActiveRun run, String why);
}
