package orchestrator.shell.input;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.WorkflowInfo;

/** Finds the workflow that a name, and perhaps a version, means. */
public final class WorkflowChoice {
    private final Collection<WorkflowInfo> workflows;

    /** A choice among these. */
    public WorkflowChoice(Collection<WorkflowInfo> workflows) {
        this.workflows = workflows;
    }

    /**
     * The workflow: that version, or else the current one, or else (if all are broken) the last one.
     *
     * @throws RefusedException ({@code unknown-workflow}) if there is none
     */
    public WorkflowInfo find(String name, String version) {
        List<WorkflowInfo> named =
                workflows.stream().filter(workflow -> workflow.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new RefusedException(
                    "unknown-workflow",
                    "Expected the name of a workflow, but found '%s'; there is %s."
                            .formatted(
                                    name,
                                    known(
                                            workflows.stream()
                                                    .map(WorkflowInfo::name)
                                                    .distinct()
                                                    .toList())));
        }
        return named.stream()
                .filter(workflow -> version == null || workflow.version().equals(version))
                .reduce(
                        (a, b) ->
                                Comparator.comparing(WorkflowInfo::isCurrent).compare(a, b) > 0
                                        ? a
                                        : b)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "unknown-workflow",
                                        "Expected a version of workflow '%s', but found '%s'; there is %s."
                                                .formatted(
                                                        name,
                                                        version,
                                                        known(
                                                                named.stream()
                                                                        .map(WorkflowInfo::version)
                                                                        .toList()))));
    }

    /** What is wrong with a broken workflow of the same name or file, which was to take this one's place. */
    public Optional<String> brokenUpdate(WorkflowInfo of) {
        return workflows.stream()
                .filter(other -> other != of && !other.problems().isEmpty())
                .filter(
                        other ->
                                other.source().equals(of.source())
                                        || other.name().equals(of.name()))
                .map(
                        other ->
                                (other.source().equals(of.source())
                                                ? "An update of this file is broken: "
                                                : "Another of this name is broken (%s): "
                                                        .formatted(other.source()))
                                        + other.problems().get(0))
                .findFirst();
    }

    private static String known(List<String> words) {
        return words.isEmpty() ? "none" : String.join(", ", words);
    }
}
