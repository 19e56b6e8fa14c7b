package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.TaskInfo;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.WorkflowPages;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code task:list}. */
@Service
@Command(
        scope = "task",
        name = "list",
        description = "Lists the tasks that plugins offer now",
        detailedDescription =
                """
                A task with a problem is not used, or does harm; the problem says why.

                Examples:
                  task:list
                  task:list --format json""")
public final class ListTasks extends ListAction {
    @Override
    Answer answer(Screen screen) {
        List<TaskInfo> all = tasks().tasks();
        return Answer.of(
                Map.of("tasks", all.stream().map(Trees::of).toList()),
                page -> new WorkflowPages(page).tasks(all));
    }
}
