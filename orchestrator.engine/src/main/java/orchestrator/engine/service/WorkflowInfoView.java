package orchestrator.engine.service;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;

/** A workflow, as callers see it. */
record WorkflowInfoView(
        String name,
        String version,
        String source,
        String hash,
        Map<String, Object> document,
        List<String> steps,
        List<String> problems,
        List<String> missingTasks,
        boolean isCurrent)
        implements WorkflowInfo {

    static WorkflowInfo of(RegisteredWorkflow workflow, Services services) {
        Graph graph = workflow.graph();
        if (graph == null) {
            return new WorkflowInfoView(
                    workflow.name(),
                    workflow.version(),
                    workflow.source(),
                    "",
                    Map.of(),
                    List.of(),
                    workflow.problems(),
                    List.of(),
                    false);
        }
        return new WorkflowInfoView(
                workflow.name(),
                workflow.version(),
                workflow.source(),
                graph.document().hash(),
                graph.document().tree(),
                graph.mainSteps().stream().map(Step::name).toList(),
                List.of(),
                graph.steps().stream()
                        .filter(step -> !step.isWait() && !isThere(step, services))
                        .map(Step::shownWork)
                        .distinct()
                        .toList(),
                services.catalog()
                        .current(workflow.name())
                        .filter(w -> w.order() == workflow.order())
                        .isPresent());
    }

    private static boolean isThere(Step step, Services services) {
        return step.isSubWorkflow()
                ? services.catalog().current(step.workflow()).isPresent()
                : services.engine().tasks().newest(step.task()) != null;
    }
}
