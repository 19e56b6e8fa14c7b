package orchestrator.shell.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.api.run.WorkflowInfo;

/** Workflows that several sources define with the same name and version. */
public final class SameVersions {
    private SameVersions() {}

    /** One sentence for each of them: the sources, and which of them is in service. */
    public static List<String> among(List<WorkflowInfo> workflows) {
        Map<String, List<WorkflowInfo>> same =
                workflows.stream()
                        .filter(workflow -> workflow.problems().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        workflow -> workflow.name() + " " + workflow.version(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        return same.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> sentence(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String sentence(String workflow, List<WorkflowInfo> same) {
        String inService =
                same.stream()
                        .filter(WorkflowInfo::isCurrent)
                        .map(current -> "The one of " + current.source() + " is in service")
                        .findFirst()
                        .orElse("None of them is in service, since there is a newer version");
        return "Expected one source of workflow %s, but found %d: %s. %s; remove the others, or give them another version."
                .formatted(
                        workflow,
                        same.size(),
                        same.stream().map(WorkflowInfo::source).collect(Collectors.joining(", ")),
                        inService);
    }
}
