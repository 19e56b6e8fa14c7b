package orchestrator.engine.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;

/** How new runs are taken in: begun here if there is room, else stored for whoever has room. Thread safe. */
final class Acceptance {
    private final Definitions definitions;
    private final NewRuns newRuns;
    private final Runs runs;
    private final Runnable onQueued;

    /**
     * @param onQueued is called when a run was stored that has no owner
     */
    Acceptance(Definitions definitions, NewRuns newRuns, Runs runs, Runnable onQueued) {
        this.definitions = definitions;
        this.newRuns = newRuns;
        this.runs = runs;
        this.onQueued = onQueued;
    }

    /**
     * Stores a new run.
     *
     * @param incarnation of the lease under which it may begin here at once; of none for one that may be stored already
     */
    CompletableFuture<CreateOutcome> start(Graph graph, StartRequest request, long incarnation) {
        definitions.ensure(graph);
        boolean owned = incarnation != StoreLink.NONE && runs.room().reserve();
        NewRun run;
        RunState state = new RunState(graph);
        try {
            run = newRuns.make(request, state, owned);
        } catch (RuntimeException e) {
            if (owned) {
                runs.room().giveBack();
            }
            throw e;
        }
        CompletableFuture<CreateOutcome> created = runs.create(run, state, incarnation);
        if (!owned) {
            created = created.whenComplete((outcome, e) -> onQueued.run());
        }
        return created.exceptionallyCompose(e -> again(e, graph, request));
    }

    /**
     * The lease ended meanwhile: the run asks for no owner then. If it was stored after all, as a run of the lease that is
     * over, that stays as it is, and whoever claims it goes on with it.
     */
    private CompletableFuture<CreateOutcome> again(
            Throwable failure, Graph graph, StartRequest request) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof NodeFencedException)) {
            return CompletableFuture.failedFuture(cause);
        }
        RunState state = new RunState(graph);
        return runs.create(newRuns.make(request, state, false), state, StoreLink.NONE)
                .whenComplete((outcome, e) -> onQueued.run())
                .exceptionallyCompose(Acceptance::stillInDoubt);
    }

    /** What was not sent now may have been stored by the first try. */
    private static CompletableFuture<CreateOutcome> stillInDoubt(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return CompletableFuture.failedFuture(
                cause instanceof NotSentException
                        ? new StateUnavailableException(cause.getMessage(), cause)
                        : cause);
    }
}
