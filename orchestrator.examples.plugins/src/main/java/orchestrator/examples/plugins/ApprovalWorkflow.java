package orchestrator.examples.plugins;

import orchestrator.api.Workflow;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.WorkflowName;
import org.osgi.service.component.annotations.Component;

/** A workflow that a plugin registers as a service. */
@Component(service = Workflow.class)
@WorkflowName("approval")
public class ApprovalWorkflow implements Workflow {
    @Override
    public void describe(WorkflowBuilder builder) {
        builder.step("approve").task("examples.approval");
    }
}
