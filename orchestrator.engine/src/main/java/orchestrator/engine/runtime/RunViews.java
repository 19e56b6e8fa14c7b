package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.attempt.Attempts;
import orchestrator.engine.attempt.Lingering;
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
    private final Attempts attempts;

    RunViews(Runs runs, StoreLink store, Journal journal, NodeClock clock, Attempts attempts) {
        this.runs = runs;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.attempts = attempts;
    }

    /** Everything about a run, as far as it is durable. */
    Optional<RunDetails> details(String run) {
        Optional<ActiveRun> active = runs.find(run);
        Optional<RunDetails> details = active.isPresent() ? look(active.get()) : stored(run);
        return details.map(this::withChild).map(this::withComplaints);
    }

    private RunDetails withChild(RunDetails details) {
        Reason reason = details.reason().orElse(null);
        if (reason == null || !reason.code().equals("children") || !store.isUp()) {
            return details;
        }
        Reason told = ChildReason.of(details.id(), reason, store.backend());
        return ((RunDetailsView) details).because(told);
    }

    private RunDetails withComplaints(RunDetails details) {
        List<Lingering> bodies = attempts.lingering(details.id());
        return bodies.isEmpty()
                ? details
                : ((RunDetailsView) details)
                        .complaining(bodies.stream().map(b -> b.text(clock.now())).toList());
    }

    /** From the store if its append is still on the way: what is durable is there. */
    private Optional<RunDetails> look(ActiveRun run) {
        return look(
                        run,
                        state ->
                                RunDetailsView.of(
                                        run.id(), state, clock.now(), run.effects().messages()))
                .or(() -> stored(run.id()));
    }

    /** What there is to see of a run in memory, on its thread; empty if that takes too long. */
    <T> Optional<T> look(ActiveRun run, Function<RunState, T> view) {
        CompletableFuture<T> look = new CompletableFuture<>();
        run.tell(new Message.Look(state -> look.complete(view.apply(state))));
        try {
            return Optional.of(look.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A run as the store has it. */
    RunState replay(String run) {
        return journal.replay(run).state();
    }

    /** Everything about a run, as the store has it. */
    Optional<RunDetails> stored(String run) {
        List<RunSummary> summaries = store.backend().summaries(List.of(run));
        if (summaries.isEmpty()) {
            return Optional.empty();
        }
        RunState state = journal.replay(run).state();
        return Optional.of(RunDetailsView.of(run, state, clock.now(), Map.of()));
    }
}
