package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.WorkflowPages;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code workflow:list}. */
@Service
@Command(
        scope = "workflow",
        name = "list",
        description = "Lists the workflows that are registered now",
        detailedDescription =
                """
                Broken ones are listed with what is wrong; 'waiting' ones need a task that no plugin offers \
                now.

                Examples:
                  workflow:list
                  workflow:list --format json""")
public final class ListWorkflows extends ListAction {
    @Override
    Answer answer(Screen screen) {
        List<WorkflowInfo> all = workflows().workflows();
        return Answer.of(
                Map.of("workflows", all.stream().map(Trees::of).toList()),
                page -> new WorkflowPages(page).workflows(all));
    }
}
