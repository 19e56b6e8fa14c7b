package orchestrator.engine.graph;

import java.time.Duration;

/**
 * One step of a compiled workflow.
 *
 * @param index its place in {@link Graph#steps}
 * @param name its name
 * @param task the name of its task
 * @param after the places of the steps that it comes after
 * @param before the places of the steps that come after it
 * @param input the input of its attempts
 * @param retry its retry policy, or null for the node's
 * @param timeout the longest time of an attempt, or null for the node's
 * @param forEach the list that it fans out over, or null
 * @param concurrency how many items may be in flight at once
 * @param goesOn whether failed items leave the step going on
 */
@SuppressWarnings("ArrayRecordComponent") // places are fixed and never compared
public record Step(
        int index,
        String name,
        String task,
        int[] after,
        int[] before,
        Expression input,
        Retry retry,
        Duration timeout,
        Expression forEach,
        int concurrency,
        boolean goesOn) {

    /** Whether it fans out over a list. */
    public boolean isFanOut() {
        return forEach != null;
    }
}
