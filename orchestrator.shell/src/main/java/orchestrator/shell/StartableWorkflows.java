package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the names of workflows that a run can be started of. */
@Service
public final class StartableWorkflows extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        if (workflows == null) {
            return List.of();
        }
        return workflows.workflows().stream()
                .filter(WorkflowInfo::isCurrent)
                .map(WorkflowInfo::name)
                .toList();
    }
}
