package orchestrator.engine.service;

import java.util.List;
import orchestrator.api.Workflow;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowValidator;

/** The {@link WorkflowValidator}. */
public final class WorkflowValidatorService implements WorkflowValidator {
    private final Services services;

    /** The service of an engine. */
    public WorkflowValidatorService(Services services) {
        this.services = services;
    }

    @Override
    public WorkflowInfo validate(Workflow workflow) {
        return WorkflowInfoView.of(compiled(workflow), services);
    }

    private RegisteredWorkflow compiled(Workflow workflow) {
        Builder builder = new Builder("workflow", "0");
        try {
            workflow.describe(builder);
            return RegisteredWorkflow.of(services.compile(builder), "");
        } catch (InvalidWorkflowException e) {
            List<String> problems = e.problems().stream().map(Problem::toString).toList();
            return RegisteredWorkflow.broken("", "", problems);
        }
    }
}
