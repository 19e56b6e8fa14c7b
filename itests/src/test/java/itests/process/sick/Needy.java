package itests.process.sick;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;

/** A task that would be offered, if its component had what it needs. */
public final class Needy implements Task {
    @Override
    public Object execute(TaskContext context) {
        return "never";
    }
}
