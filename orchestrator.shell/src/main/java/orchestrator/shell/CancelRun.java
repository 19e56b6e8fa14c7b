package orchestrator.shell;

import orchestrator.api.run.CommandResult;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:cancel}. */
@Service
@Command(
        scope = "run",
        name = "cancel",
        description = "Ends a run for good",
        detailedDescription =
                """
                Attempts in progress are asked to stop and interrupted.

                Examples:
                  run:cancel 01a20701
                  run:cancel 01a20701 --reason 'wrong input'""")
public final class CancelRun extends SteerAction {
    @Option(name = "--reason", description = "Why, for people who look at the run later")
    private String reason = "";

    @Override
    CommandResult steer(String runId) {
        return workflows().cancelWorkflow(runId, reason);
    }
}
