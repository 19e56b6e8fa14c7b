package orchestrator.shell.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.WorkflowInfo;

/** What is said of workflow files that were validated. */
public final class ValidationPage {
    private static final String WORKFLOW = "workflow:";

    private final Map<String, WorkflowInfo> files;

    /** Of these files, as they were typed. */
    public ValidationPage(Map<String, WorkflowInfo> files) {
        this.files = files;
    }

    /** For scripts. */
    public Map<String, Object> tree() {
        List<Object> all = new ArrayList<>();
        files.forEach(
                (file, workflow) -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("file", file);
                    tree.put("ok", workflow.problems().isEmpty());
                    tree.put("workflow", workflow.name());
                    tree.put("version", workflow.version());
                    tree.put("problems", workflow.problems());
                    tree.put("warnings", warnings(workflow));
                    all.add(tree);
                });
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("files", all);
        return tree;
    }

    /** For people. */
    public void print(Screen screen) {
        files.forEach((file, workflow) -> print(screen, file, workflow));
    }

    private static void print(Screen screen, String file, WorkflowInfo workflow) {
        if (workflow.problems().isEmpty()) {
            screen.line(
                    "%s: %s, %s %s"
                            .formatted(
                                    file,
                                    StatusColour.paint(screen, "ok"),
                                    workflow.name(),
                                    workflow.version()));
        } else {
            screen.line("%s: %s".formatted(file, StatusColour.paint(screen, "broken")));
        }
        workflow.problems().forEach(problem -> screen.line("  " + Screen.oneLine(problem)));
        warnings(workflow).forEach(warning -> screen.line("  Warning: " + warning));
    }

    private static List<String> warnings(WorkflowInfo workflow) {
        return workflow.missingTasks().stream()
                .map(
                        work ->
                                work.startsWith(WORKFLOW)
                                        ? "no workflow '%s' is registered now; runs would wait for it."
                                                .formatted(work.substring(WORKFLOW.length()))
                                        : "no plugin offers task '%s' now; runs would wait for it."
                                                .formatted(work))
                .toList();
    }

    /** Why the command fails, or null. */
    public String failure() {
        long broken = files.values().stream().filter(w -> !w.problems().isEmpty()).count();
        return broken == 0
                ? null
                : "Expected workflow files that can be used, but %d of %d %s broken."
                        .formatted(broken, files.size(), broken == 1 ? "is" : "are");
    }
}
