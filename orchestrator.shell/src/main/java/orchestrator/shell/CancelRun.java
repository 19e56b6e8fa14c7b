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
                Attempts in progress are asked to stop and interrupted. With --compensate the
                run goes on until its completed steps are undone as its workflow says.

                Examples:
                  run:cancel 01a20701
                  run:cancel 01a20701 --reason 'wrong input'
                  run:cancel 01a20701 --compensate""")
public final class CancelRun extends SteerAction {
    @Option(name = "--reason", description = "Why, for people who look at the run later")
    private String reason = "";

    @Option(name = "--compensate", description = "Undo completed steps first, the last one first")
    private boolean compensate;

    @Override
    CommandResult steer(String runId) {
        return workflows().cancelWorkflow(runId, reason, compensate);
    }
}
