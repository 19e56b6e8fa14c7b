package orchestrator.engine.graph;

import orchestrator.api.definition.TaskReference;

/**
 * One step of a compiled workflow.
 *
 * @param index its place in {@link Graph#steps}
 * @param name its name
 * @param task its task, or null if it does something else
 * @param workflow the name of the workflow that it runs, or null if it does something else
 * @param waits what it waits for, or null if it does something else
 * @param after the places of the steps that it comes after
 * @param before the places of the steps that come after it
 * @param input the input of its attempts
 * @param retry its retry policy, or null for the node's
 * @param timeouts how long its parts may take
 * @param forEach the list that it fans out over, or null
 * @param concurrency how many items may be in flight at once
 * @param caching how its results are kept, or null
 * @param bundle the bundle that offers its task, for people; or null
 * @param rules whether and when it runs, and what its failure means
 */
@SuppressWarnings("ArrayRecordComponent") // places are fixed and never compared
public record Step(
        int index,
        String name,
        TaskReference task,
        String workflow,
        Wait waits,
        int[] after,
        int[] before,
        Expression input,
        Retry retry,
        Timeouts timeouts,
        Expression forEach,
        int concurrency,
        Caching caching,
        String bundle,
        StepRules rules) {

    /** Whether its attempts are runs of another workflow. */
    public boolean isSubWorkflow() {
        return workflow != null;
    }

    /** Whether it waits and makes no attempts. */
    public boolean isWait() {
        return waits != null;
    }

    /** What it runs or waits for, for people and as a key to wait for: {@code task:x} or {@code workflow:y}. */
    public String work() {
        if (isWait()) {
            return waits.shown();
        }
        return isSubWorkflow() ? "workflow:" + workflow : "task:" + task;
    }

    /** The same without the word for a task, as status shows it. */
    public String shownWork() {
        return task == null ? work() : task.toString();
    }

    /** What it runs, with who is to offer it if that is known; for people. */
    public String offered() {
        String work = isSubWorkflow() ? workflow : task.toString();
        return bundle == null ? work : work + " (of bundle " + bundle + ")";
    }

    /** Whether it lies beside the graph: it runs only if its run does not complete. */
    public boolean isAside() {
        return rules.role() != StepRules.Role.STEP;
    }

    /** Whether it runs whatever has happened. */
    public boolean isAlways() {
        return rules.join().isAlways();
    }

    /** Whether it fans out over a list. */
    public boolean isFanOut() {
        return forEach != null;
    }
}
