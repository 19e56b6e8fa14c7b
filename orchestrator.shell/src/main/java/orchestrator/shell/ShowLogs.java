package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.LogLine;
import orchestrator.shell.output.RunPages;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:logs}. */
@Service
@Command(
        scope = "run",
        name = "logs",
        description = "Shows what a run's tasks logged",
        detailedDescription =
                """
                Examples:
                  run:logs 01a20701
                  run:logs 01a20701 --format json""")
public final class ShowLogs extends EngineAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Argument(
            index = 1,
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
        String runId = runId(id);
        List<LogLine> lines = states().getWorkflowLogs(runId);
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("run", runId);
            tree.put("lines", lines.stream().map(Trees::of).toList());
            json(screen, tree);
        } else {
            new RunPages(screen, times()).logs(lines);
        }
    }

    @Override
    List<String> words() {
        return late;
    }
}
