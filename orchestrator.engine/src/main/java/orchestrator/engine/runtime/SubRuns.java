package orchestrator.engine.runtime;

import java.util.concurrent.CompletableFuture;
import orchestrator.api.state.CreateOutcome;
import orchestrator.engine.graph.Graph;

/**
 * What runs need that start other runs.
 *
 * @param offers knows the workflows
 * @param starter starts runs
 * @param outbox carries messages from run to run
 */
record SubRuns(Offers offers, Starter starter, Outbox outbox) {

    /** Starts runs. */
    @FunctionalInterface
    interface Starter {
        /**
         * Stores a run.
         *
         * @param incarnation of the lease under which it may begin here at once; {@link StoreLink#NONE} for one that may be
         *     stored already
         */
        CompletableFuture<CreateOutcome> start(Graph graph, StartRequest request, long incarnation);
    }
}
