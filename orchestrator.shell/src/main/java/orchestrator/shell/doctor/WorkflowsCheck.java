package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.input.SameVersions;

/** Workflows that are broken, and versions that several sources define. */
final class WorkflowsCheck extends Check {
    WorkflowsCheck() {
        super("workflows");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        List<Trouble> all = new ArrayList<>();
        if (there.workflows() == null) {
            return all;
        }
        List<WorkflowInfo> workflows = there.workflows().workflows();
        for (WorkflowInfo workflow : workflows) {
            if (!workflow.problems().isEmpty()) {
                all.add(broken(workflow, workflows));
            }
        }
        for (String same : SameVersions.among(workflows)) {
            all.add(
                    warning(
                            same,
                            "Delete all but one of them, or write another version into the others."));
        }
        return all;
    }

    private Trouble broken(WorkflowInfo workflow, List<WorkflowInfo> all) {
        int more = workflow.problems().size() - 1;
        String former =
                all.stream()
                        .filter(other -> other.name().equals(workflow.name()) && other.isCurrent())
                        .findFirst()
                        .map(
                                other ->
                                        " Until then runs start with version "
                                                + other.version()
                                                + ".")
                        .orElse(" Until then it cannot be started.");
        return error(
                "Workflow %s of %s is broken: %s%s"
                        .formatted(
                                workflow.name(),
                                workflow.source(),
                                TasksCheck.sentence(workflow.problems().get(0)),
                                more > 0 ? " (and %d more)".formatted(more) : ""),
                "Correct it; it is taken up as soon as it is saved. workflow:show %s tells all that is wrong.%s"
                        .formatted(workflow.name(), former));
    }
}
