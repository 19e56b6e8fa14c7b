package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.WorkflowPages;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
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
public final class ListWorkflows extends EngineAction {
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
        List<WorkflowInfo> all = workflows().workflows();
        if (json) {
            json(screen, Map.of("workflows", all.stream().map(Trees::of).toList()));
        } else {
            new WorkflowPages(screen).workflows(all);
        }
    }

    @Override
    List<String> words() {
        return late;
    }
}
