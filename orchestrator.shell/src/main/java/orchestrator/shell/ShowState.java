package orchestrator.shell;

import java.util.Map;
import java.util.TreeMap;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.JsonOutput;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Table;
import orchestrator.shell.output.Trees;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:state}. */
@Service
@Command(
        scope = "run",
        name = "state",
        description = "Shows the values that are kept with a run",
        detailedDescription =
                """
                run:save keeps values with a run, and so do programs. They are there after its end, too.

                Examples:
                  run:state 01a20701
                  run:state 01a20701 --format json""")
public final class ShowState extends ItemAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Override
    Answer answer() {
        String runId = runId(id);
        Map<String, Object> values = new TreeMap<>(states().loadWorkflowState(runId));
        return Answer.of(Trees.ofRun(runId, "values", values), page -> show(page, values));
    }

    private static void show(Screen screen, Map<String, Object> values) {
        JsonOutput json = new JsonOutput();
        Table table = new Table().fixed("Name").flexible("Value", 20);
        values.forEach((name, value) -> table.row(name, json.compact(value)));
        table.print(screen, "No values are kept with it. run:save ID name=value keeps one.");
    }
}
