package orchestrator.shell;

import java.util.List;
import orchestrator.api.run.LogLine;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
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
public final class ShowLogs extends ItemAction {
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
        List<LogLine> lines = states().getWorkflowLogs(runId);
        return Answer.of(
                Trees.ofRun(runId, "lines", lines.stream().map(Trees::of).toList()),
                page -> new RunPages(page, times()).logs(lines));
    }
}
