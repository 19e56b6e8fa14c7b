package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StateManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the ids of the newest runs that failed or were cancelled. */
@Service
public final class FailedRuns extends Choices {
    @Reference(optional = true)
    private StateManager states;

    @Override
    Collection<String> choices(CommandLine line) {
        return states == null
                ? List.of()
                : states
                        .find(
                                RunFilter.all()
                                        .topLevel()
                                        .status(RunStatus.FAILED, RunStatus.CANCELLED)
                                        .limit(50))
                        .items()
                        .stream()
                        .map(RunInfo::id)
                        .toList();
    }
}
