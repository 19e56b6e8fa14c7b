package itests.process.probe;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;

/** A task that fails for good. */
final class FailTask implements Task {
    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        throw TaskFailure.permanent("no-luck", "the probe was asked to fail");
    }
}
