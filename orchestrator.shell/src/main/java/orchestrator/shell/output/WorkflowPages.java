package orchestrator.shell.output;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.input.DeclaredInputs;
import orchestrator.shell.input.SameVersions;

/** What people see of workflows and tasks. */
public final class WorkflowPages {
    private static final Set<String> COLUMNS = Set.of("task", "workflow", "after");

    private final Screen screen;
    private final JsonOutput json = new JsonOutput();

    /** Pages on the screen. */
    public WorkflowPages(Screen screen) {
        this.screen = screen;
    }

    /** A row for each workflow. */
    public void workflows(List<WorkflowInfo> workflows) {
        Table table =
                new Table()
                        .fixed("Workflow")
                        .fixed("Version")
                        .status("State")
                        .fixed("Steps")
                        .optional("Source", 12)
                        .flexible("What", 16);
        for (WorkflowInfo workflow : workflows) {
            table.row(
                    workflow.name(),
                    workflow.version(),
                    state(workflow),
                    workflow.steps().size(),
                    workflow.source(),
                    what(workflow));
        }
        table.print(
                screen,
                "There are no workflows. Drop a *.workflow.yaml or a plugin into deploy/ to have one.");
        SameVersions.among(workflows).forEach(text -> screen.line(Screen.oneLine(text)));
    }

    /** Everything about one workflow. */
    public void workflow(WorkflowInfo workflow) {
        screen.fact("Workflow", workflow.name() + " " + workflow.version());
        screen.fact("About", said(workflow, "description"));
        screen.line("%-10s %s".formatted("State", StatusColour.paint(screen, state(workflow))));
        screen.fact("Source", workflow.source());
        screen.fact("Hash", workflow.hash());
        screen.fact("Timeout", said(workflow, "timeout"));
        screen.fact("Priority", said(workflow, "priority"));
        screen.fact("On failure", plain(workflow.document().get("onFailure")));
        screen.fact("Output", plain(workflow.document().get("output")));
        screen.fact("Missing", String.join(", ", workflow.missingTasks()));
        workflow.problems().forEach(problem -> screen.fact("Problem", problem));
        inputs(DeclaredInputs.of(workflow));
        steps(workflow);
    }

    private static String said(WorkflowInfo workflow, String key) {
        Object value = workflow.document().get(key);
        return value == null ? "" : value.toString();
    }

    /** A row for each task. */
    public void tasks(List<TaskInfo> tasks) {
        Table table =
                new Table()
                        .fixed("Task")
                        .fixed("Version")
                        .fixed("Running")
                        .optional("Plugin", 12)
                        .flexible("Problem", 16);
        for (TaskInfo task : tasks) {
            table.row(
                    task.name(),
                    task.version(),
                    task.running(),
                    task.bundle(),
                    task.problem().orElse(String.join("; ", task.complaints())));
        }
        table.print(screen, "No plugin offers a task. Drop one into deploy/ to have some.");
    }

    private void inputs(DeclaredInputs inputs) {
        Set<String> keys = inputs.keys();
        if (keys.isEmpty()) {
            return;
        }
        screen.line("");
        Table table =
                new Table()
                        .fixed("Input")
                        .fixed("Type")
                        .fixed("Required")
                        .flexible("Default", 8)
                        .optional("About", 16);
        for (String key : keys) {
            Map<String, Object> property = inputs.properties().getOrDefault(key, Map.of());
            table.row(
                    key,
                    property.getOrDefault("type", ""),
                    inputs.required().contains(key) ? "yes" : "",
                    property.containsKey("default") ? json.compact(property.get("default")) : "",
                    property.getOrDefault("description", ""));
        }
        table.print(screen, "");
    }

    private void steps(WorkflowInfo workflow) {
        screen.line("");
        Table table =
                new Table()
                        .fixed("Step")
                        .fixed("Task")
                        .flexible("After", 10)
                        .optional("Policy", 16);
        for (String name : workflow.steps()) {
            Map<?, ?> step = step(workflow, name);
            table.row(
                    name,
                    step.containsKey("workflow")
                            ? "workflow:" + step.get("workflow")
                            : step.get("task"),
                    step.get("after") instanceof List<?> after
                            ? String.join(", ", after.stream().map(String::valueOf).toList())
                            : step.get("after"),
                    policy(step));
        }
        table.print(screen, "It has no steps that could be read.");
        inputsOfSteps(workflow);
    }

    private void inputsOfSteps(WorkflowInfo workflow) {
        Table table = new Table().fixed("Step").fixed("Input").flexible("Value", 16);
        boolean any = false;
        for (String name : workflow.steps()) {
            if (step(workflow, name).get("input") instanceof Map<?, ?> input) {
                any |= !input.isEmpty();
                input.forEach((key, value) -> table.row(name, key, value(value)));
            }
        }
        if (any) {
            screen.line("");
            table.print(screen, "");
        }
    }

    private String value(Object value) {
        return value instanceof String text ? text : json.compact(value);
    }

    /** What a document says, as people would: {@code attempts 3, backoff 5s}. */
    private static String plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, of) -> sorted.put(String.valueOf(key), of));
            return sorted.entrySet().stream()
                    .map(of -> of.getKey() + " " + nested(of.getValue()))
                    .collect(Collectors.joining(", "));
        } else if (value instanceof List<?> list) {
            return list.stream().map(WorkflowPages::nested).collect(Collectors.joining(", "));
        }
        return value == null ? "" : value.toString();
    }

    private static String nested(Object value) {
        boolean simple = !(value instanceof Map) && !(value instanceof List);
        return simple ? plain(value) : "(" + plain(value) + ")";
    }

    private static Map<?, ?> step(WorkflowInfo workflow, String name) {
        return workflow.document().get("steps") instanceof Map<?, ?> steps
                        && steps.get(name) instanceof Map<?, ?> step
                ? step
                : Map.of();
    }

    /** All that the step says beside its task and its order. */
    private String policy(Map<?, ?> step) {
        Map<String, String> rest = new TreeMap<>();
        step.forEach(
                (key, value) -> {
                    if (!COLUMNS.contains(String.valueOf(key)) && !"input".equals(key)) {
                        rest.put(String.valueOf(key), plain(value));
                    }
                });
        StringBuilder text = new StringBuilder();
        rest.forEach((key, value) -> text.append(key).append(' ').append(value).append("; "));
        return text.isEmpty() ? "" : text.substring(0, text.length() - 2);
    }

    private static String state(WorkflowInfo workflow) {
        if (!workflow.problems().isEmpty()) {
            return "broken";
        } else if (!workflow.isCurrent()) {
            return "older";
        }
        return workflow.missingTasks().isEmpty() ? "ok" : "waiting";
    }

    private static String what(WorkflowInfo workflow) {
        if (!workflow.problems().isEmpty()) {
            int more = workflow.problems().size() - 1;
            return workflow.problems().get(0) + (more > 0 ? " (and %d more)".formatted(more) : "");
        }
        return workflow.missingTasks().isEmpty()
                ? ""
                : "no plugin offers " + String.join(", ", workflow.missingTasks());
    }
}
