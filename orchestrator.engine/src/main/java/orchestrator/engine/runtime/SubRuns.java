package orchestrator.engine.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import orchestrator.api.state.CreateOutcome;
import orchestrator.engine.graph.Graph;

/**
 * What runs need that start other runs.
 *
 * @param newest the newest definition of a workflow, or null if there is none
 * @param starter starts runs
 * @param outbox carries messages from run to run
 */
record SubRuns(Function<String, Graph> newest, Starter starter, Outbox outbox) {

    /** Starts runs. */
    @FunctionalInterface
    interface Starter {
        /**
         * Stores a run.
         *
         * @param mayOwn whether it may begin here at once; not for one that may be stored already
         */
        CompletableFuture<CreateOutcome> start(Graph graph, StartRequest request, boolean mayOwn);
    }
}
