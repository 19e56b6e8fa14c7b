package orchestrator.shell;

import orchestrator.api.run.CommandResult;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:pause}. */
@Service
@Command(
        scope = "run",
        name = "pause",
        description = "Holds a run until it is resumed",
        detailedDescription =
                """
                Attempts in progress end, nothing new begins, timers stand still.

                Examples:
                  run:pause 01a20701""")
public final class PauseRun extends SteerAction {

    @Override
    CommandResult steer(String runId) {
        return workflows().pauseWorkflow(runId);
    }
}
