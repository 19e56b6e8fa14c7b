package orchestrator.engine.attempt;

import orchestrator.engine.core.Command;

/** The run that an attempt belongs to, as attempts see it. Thread safe. */
public interface AttemptOwner {
    /** Whether the run is this node's at this moment, so that a body may begin. */
    boolean mayBegin();

    /** The attempt has ended, and this is what it has to say. */
    void ended(Attempt attempt, Command command);

    /** The attempt has a slot, and its start must be durable: {@link Attempt#proceed} follows. */
    void wantsStart(Attempt attempt);

    /** No plugin offers the attempt's task; the attempt is over and nothing has happened. */
    void missesTask(Attempt attempt);
}
