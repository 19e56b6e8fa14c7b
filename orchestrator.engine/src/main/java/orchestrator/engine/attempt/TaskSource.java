package orchestrator.engine.attempt;

import orchestrator.api.Task;

/** Gives the object that does the work of one attempt, and takes it back. Thread safe. */
public interface TaskSource {
    /** A task to run; null if it has gone in the meantime. */
    Task get();

    /** Takes back what {@link #get} gave. */
    void unget(Task task);

    /** A source of one object. */
    static TaskSource of(Task task) {
        return new TaskSource() {
            @Override
            public Task get() {
                return task;
            }

            @Override
            public void unget(Task given) {
                // nothing was counted
            }
        };
    }
}
