package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.TaskInfo;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the names of tasks. */
@Service
public final class TaskNames extends Choices {
    @Reference(optional = true)
    private TaskExecutor tasks;

    @Override
    Collection<String> choices(CommandLine line) {
        return tasks == null ? List.of() : tasks.tasks().stream().map(TaskInfo::name).toList();
    }
}
