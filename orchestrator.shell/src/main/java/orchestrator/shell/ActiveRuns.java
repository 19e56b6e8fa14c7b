package orchestrator.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StateManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the ids of the newest runs that have not ended. */
@Service
public final class ActiveRuns extends Choices {
    @Reference(optional = true)
    private StateManager states;

    private static RunStatus[] active() {
        return Arrays.stream(RunStatus.values())
                .filter(status -> !status.isFinal())
                .toArray(RunStatus[]::new);
    }

    @Override
    Collection<String> choices(CommandLine line) {
        return states == null
                ? List.of()
                : states.find(RunFilter.all().status(active()).limit(50)).items().stream()
                        .map(RunInfo::id)
                        .toList();
    }
}
