package orchestrator.shell;

import orchestrator.api.run.CommandResult;
import orchestrator.shell.output.Answer;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** What the commands that pause, resume and cancel a run have in common. A refused one fails. */
abstract class SteerAction extends ItemAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Override
    final Answer answer() {
        String runId = runId(id);
        return Answer.of(runId, steer(runId));
    }

    /** Sends the command. */
    abstract CommandResult steer(String runId);
}
