package orchestrator.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.TaskInfo;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the names of further tasks, and the options. */
@Service
public final class TasksAndOptions extends Choices {
    @Reference(optional = true)
    private TaskExecutor tasks;

    @Override
    Collection<String> choices(CommandLine line) {
        List<String> words = new ArrayList<>();
        if (tasks != null) {
            tasks.tasks().stream().map(TaskInfo::name).forEach(words::add);
        }
        words.addAll(OptionNames.of(line));
        return words;
    }
}
