package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the names of workflows. */
@Service
public final class WorkflowNames extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        return workflows == null
                ? List.of()
                : workflows.workflows().stream().map(WorkflowInfo::name).toList();
    }
}
