package orchestrator.shell;

import orchestrator.api.run.RunDebug;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.DebugPage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:debug}. */
@Service
@Command(
        scope = "run",
        name = "debug",
        description = "Says why a run stands where it stands, and all that happened to it",
        detailedDescription =
                """
                Examples:
                  run:debug 01a20701
                  run:debug 01a20701 --format json""")
public final class DebugRun extends ItemAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Override
    Answer answer() {
        RunDebug debug = states().debugWorkflow(runId(id));
        DebugPage page = new DebugPage(debug);
        return Answer.of(page.tree(), page::print);
    }
}
