package orchestrator.engine.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.Task;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.TaskReference;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.run.TaskRequest;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.runtime.Engine;

/** The engine and its catalog, as the services of the API share them. Thread safe. */
public final class Services {
    private static final String TASK = "task:";
    private static final String TASKS = "tasks:several";

    private final Engine engine;
    private final WorkflowCatalog catalog = new WorkflowCatalog();
    private final UnusableTasks unusableTasks = new UnusableTasks();

    /** The services of an engine. */
    public Services(Engine engine) {
        this.engine = engine;
        engine.workflows(name -> catalog.current(name).map(RegisteredWorkflow::graph).orElse(null));
        catalog.onArrival(engine::workflowArrived);
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /** The registered workflows. */
    public WorkflowCatalog catalog() {
        return catalog;
    }

    /** The tasks that could not be taken. */
    public UnusableTasks unusableTasks() {
        return unusableTasks;
    }

    /**
     * Compiles what a builder wrote.
     *
     * @throws InvalidWorkflowException if it is wrong
     */
    public Graph compile(Builder builder) {
        return engine.compiler().compile(builder.build(), builder.source());
    }

    /** The definition of a run of a single task, of some versions of it perhaps. */
    Graph single(String task) {
        Map<String, Object> step = Map.of("task", task, "input", "${input}");
        Map<String, Object> document =
                Map.of(
                        "workflow",
                        TASK + TaskReference.of(task).name(),
                        "version",
                        "1",
                        "steps",
                        Map.of("task", step));
        return engine.compiler()
                .compile(WorkflowDocument.of(document, SourceMap.NONE), SourceMap.NONE);
    }

    /** The definition of a run of several tasks side by side. */
    Graph several(List<TaskRequest> tasks) {
        Map<String, Object> steps = new LinkedHashMap<>();
        for (TaskRequest task : tasks) {
            String name = "task_" + (steps.size() + 1);
            steps.put(name, Map.of("task", task.task(), "input", "${input." + name + "}"));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("workflow", TASKS);
        document.put("version", "1");
        document.put("steps", steps);
        if (tasks.size() == 1) {
            document.put("output", Map.of("task_1", "${task_1}"));
        }
        return engine.compiler()
                .compile(WorkflowDocument.of(document, SourceMap.NONE), SourceMap.NONE);
    }

    /** Whether runs of that name are runs of tasks, and of no workflow. */
    static boolean isOfTasks(String workflow) {
        return workflow.startsWith(TASK) || workflow.equals(TASKS);
    }

    /** Who calls: offers its functions as tasks, and ends with it. */
    public interface Caller {
        /** Where the caller's workflows come from, for people. */
        String name();

        /** The caller's lasting name: it is the same after a restart. */
        default String bundle() {
            return name();
        }

        /** The version of the caller's workflows, unless they say. */
        String version();

        /** Offers functions until the caller stops; gives what takes them back. */
        Runnable offer(Map<String, Task> functions);
    }
}
