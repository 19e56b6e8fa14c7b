package orchestrator.shell;

import orchestrator.api.run.CommandResult;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:resume}. */
@Service
@Command(
        scope = "run",
        name = "resume",
        description = "Lets a paused or quarantined run go on",
        detailedDescription =
                """
                Examples:
                  run:resume 01a20701""")
public final class ResumeRun extends SteerAction {

    @Override
    CommandResult steer(String runId) {
        return workflows().resumeWorkflow(runId);
    }
}
