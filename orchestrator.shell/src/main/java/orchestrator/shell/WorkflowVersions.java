package orchestrator.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the versions of the workflow, or of the workflow of the run, that is named before. */
@Service
public final class WorkflowVersions extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        if (workflows == null) {
            return List.of();
        }
        List<WorkflowInfo> all = workflows.workflows();
        return Arrays.stream(line.getArguments())
                .skip(1)
                .flatMap(word -> all.stream().filter(workflow -> isOf(workflow, word)))
                .map(WorkflowInfo::version)
                .filter(version -> !version.isEmpty())
                .toList();
    }

    private boolean isOf(WorkflowInfo workflow, String word) {
        return workflow.name().equals(word)
                || workflows
                        .getWorkflowStatus(word)
                        .map(run -> run.workflow().equals(workflow.name()))
                        .orElse(false);
    }
}
