package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.TaskInfo;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.WorkflowPages;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code task:list}. */
@Service
@Command(
        scope = "task",
        name = "list",
        description = "Lists the tasks that plugins offer now",
        detailedDescription =
                """
                A task with a problem is not used; the problem says why.

                Examples:
                  task:list
                  task:list --format json""")
public final class ListTasks extends EngineAction {
    @Argument(
            index = 0,
            name = "options",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The options may also come last")
    @Completion(FormatOption.class)
    private List<String> late = List.of();

    @Override
    void run(Screen screen, List<String> words) {
        expectNothing(words);
        boolean json = isJson();
        List<TaskInfo> all = tasks().tasks();
        if (json) {
            json(screen, Map.of("tasks", all.stream().map(Trees::of).toList()));
        } else {
            new WorkflowPages(screen).tasks(all);
        }
    }

    @Override
    List<String> words() {
        return late;
    }
}
