package orchestrator.engine.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import orchestrator.api.definition.TaskReference;
import orchestrator.engine.attempt.TaskRegistry;
import orchestrator.engine.core.Command;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;

/** What runs can have now that others may have to wait for: tasks and workflows. Thread safe. */
final class Offers {
    private static final String TASK = "task:";
    private static final String WORKFLOW = "workflow:";

    private final TaskRegistry tasks;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> ranges = ConcurrentHashMap.newKeySet();
    private volatile Function<String, Graph> workflows = name -> null;

    Offers(TaskRegistry tasks) {
        this.tasks = tasks;
    }

    /** Where the newest definition of a workflow is found; null from it says that there is none. */
    void workflows(Function<String, Graph> newest) {
        workflows = newest;
    }

    /** The newest definition of a workflow, or null. */
    Graph workflow(String name) {
        return workflows.apply(name);
    }

    /** Runs may wait for these keys too, each of some versions of a task: see {@link #rangesIn}. */
    void know(Collection<String> ranged) {
        ranges.addAll(ranged);
    }

    /** What runs wait for with that key has come; the keys of all that it gives. */
    List<String> arrived(String waitKey) {
        arrived.add(waitKey);
        return Stream.concat(
                        Stream.of(waitKey),
                        ranges.stream().filter(key -> key.startsWith(waitKey + "@")))
                .filter(this::has)
                .toList();
    }

    /** The keys of all that is there. */
    List<String> keys() {
        return Stream.concat(arrived.stream(), ranges.stream()).filter(this::has).toList();
    }

    /** The keys for which runs of a definition may wait, and that do not follow from the name of a task. */
    static Set<String> rangesIn(Graph graph) {
        Set<String> keys = new TreeSet<>();
        for (Step step : graph.steps()) {
            if (step.task() != null && step.task().isRanged()) {
                keys.add(task(step.task().toString()));
            }
        }
        return keys;
    }

    /** Whether what that key waits for is there. */
    boolean has(String waitKey) {
        if (waitKey.startsWith(TASK)) {
            return tasks.newest(TaskReference.of(waitKey.substring(TASK.length()))) != null;
        }
        return waitKey.startsWith(WORKFLOW)
                && workflow(waitKey.substring(WORKFLOW.length())) != null;
    }

    /** The key of runs that wait for a task. */
    static String task(String name) {
        return TASK + name;
    }

    /** The key of runs that wait for a workflow. */
    static String workflowKey(String name) {
        return WORKFLOW + name;
    }

    /** What a run is told that waits for that. */
    static Command offer(String waitKey) {
        return waitKey.startsWith(TASK)
                ? new Command.OfferTask(waitKey.substring(TASK.length()))
                : new Command.OfferWorkflow(waitKey.substring(WORKFLOW.length()));
    }
}
