package orchestrator.engine.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import orchestrator.engine.attempt.TaskRegistry;
import orchestrator.engine.core.Command;
import orchestrator.engine.graph.Graph;

/** What runs can have now that others may have to wait for: tasks and workflows. Thread safe. */
final class Offers {
    private static final String TASK = "task:";
    private static final String WORKFLOW = "workflow:";

    private final TaskRegistry tasks;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
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

    /** What runs wait for with that key has come. */
    void arrived(String waitKey) {
        arrived.add(waitKey);
    }

    /** The keys of all that is there. */
    List<String> keys() {
        return arrived.stream().filter(this::has).toList();
    }

    /** Whether what that key waits for is there. */
    boolean has(String waitKey) {
        if (waitKey.startsWith(TASK)) {
            return tasks.newest(waitKey.substring(TASK.length())) != null;
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
