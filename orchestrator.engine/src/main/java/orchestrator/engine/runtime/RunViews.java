package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.RunState;
import orchestrator.engine.time.NodeClock;

/** What there is to see of a run: from memory if it is there and can be looked at soon, or else from the store. */
final class RunViews {
    /** How long a look waits for the append that is on its way. */
    private static final long PATIENCE_SECONDS = 2;

    private final Runs runs;
    private final StoreLink store;
    private final Journal journal;
    private final NodeClock clock;

    RunViews(Runs runs, StoreLink store, Journal journal, NodeClock clock) {
        this.runs = runs;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /** Everything about a run, as far as it is durable. */
    Optional<RunDetails> details(String run) {
        Optional<ActiveRun> active = runs.find(run);
        return active.isPresent() ? look(active.get()) : stored(run);
    }

    private Optional<RunDetails> look(ActiveRun run) {
        CompletableFuture<RunDetails> look = new CompletableFuture<>();
        run.tell(
                new Message.Look(
                        state ->
                                look.complete(
                                        RunDetailsView.of(
                                                run.id(), state, clock.now(), run.messages()))));
        try {
            return Optional.of(look.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return stored(run.id()); // its append is still on the way: what is durable is there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stored(run.id());
        }
    }

    /** Everything about a run, as the store has it. */
    Optional<RunDetails> stored(String run) {
        List<RunSummary> summaries = store.backend().summaries(List.of(run));
        if (summaries.isEmpty()) {
            return Optional.empty();
        }
        RunState state = journal.replay(run, summaries.get(0).definitionHash()).state();
        return Optional.of(RunDetailsView.of(run, state, clock.now(), Map.of()));
    }
}
