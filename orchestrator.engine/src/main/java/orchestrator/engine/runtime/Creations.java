package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;

/** New runs on their way into the store, and those of which it has not said whether they are there. Thread safe. */
final class Creations {
    /** How long a creation that was not answered may still come about. */
    private static final Duration LONGEST_DOUBT = Duration.ofMinutes(5);

    private static final int ASKED_AT_ONCE = 500;

    private final RunContext context;
    private final WritePath writes;
    private final Runs runs;
    private final Adoption adoption;
    private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

    private record Doubt(long incarnation, Instant until) {}

    Creations(RunContext context, WritePath writes, Runs runs, Adoption adoption) {
        this.context = context;
        this.writes = writes;
        this.runs = runs;
        this.adoption = adoption;
    }

    /**
     * Stores a new run; if it is owned it goes on at once.
     *
     * @param incarnation of the lease that is to own it
     */
    CompletableFuture<CreateOutcome> create(NewRun run, RunState state, long incarnation) {
        CompletableFuture<CreateOutcome> created = writes.create(run, incarnation);
        return created.whenComplete(
                (outcome, e) -> {
                    if (run.owned()) {
                        created(run, state, incarnation, outcome, e);
                    } else if (isCreated(outcome, e)) { // so no earlier try was stored, nor will be
                        doubts.remove(run.summary().id());
                    }
                });
    }

    private static boolean isCreated(CreateOutcome outcome, Throwable e) {
        return e == null && outcome.kind() == CreateOutcome.Kind.CREATED;
    }

    private void created(
            NewRun run, RunState state, long incarnation, CreateOutcome outcome, Throwable e) {
        if (isCreated(outcome, e)) {
            runs.begin(
                    new Arrival(
                            run.summary(),
                            1,
                            new Journal.Replayed(state, run.entries().size()),
                            new InboxMark(0, List.of()),
                            List.of(),
                            List.of(),
                            incarnation));
            return;
        }
        runs.room().giveBack();
        if (e instanceof StateUnavailableException && !(e instanceof NotSentException)) {
            Instant until = context.clock().now().plus(LONGEST_DOUBT);
            doubts.put(run.summary().id(), new Doubt(incarnation, until));
        }
    }

    /**
     * Takes up new runs whose creation the store did not answer: one that is stored is this node's, and nobody else's, as
     * long as the lease is the same. The store may still be at it, so that one look is not enough.
     */
    void settle() {
        doubts.values().removeIf(doubt -> context.store().isOver(doubt.incarnation));
        List<String> ids = List.copyOf(doubts.keySet());
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            settle(ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE)));
        }
    }

    private void settle(List<String> ids) {
        Map<String, RunSummary> found = new HashMap<>();
        context.store().backend().summaries(ids).forEach(s -> found.put(s.id(), s));
        Instant now = context.clock().now();
        for (String id : ids) {
            Doubt doubt = doubts.get(id);
            RunSummary summary = found.get(id);
            if (doubt == null || (summary == null && now.isBefore(doubt.until))) {
                continue;
            }
            doubts.remove(id);
            if (summary != null && !summary.status().isFinal() && runs.find(id).isEmpty()) {
                adoption.adopt(
                        new ClaimedRun(summary, 1, 0, 1, false, List.of(), 0),
                        this::firstCommands,
                        doubt.incarnation);
            }
        }
    }

    /**
     * A run of another try may have asked for no owner, and be another node's by now: nothing is done for it before the
     * store has taken an append of this node's.
     */
    private List<Command> firstCommands(RunState state) {
        return List.of(
                state.startedAt() == null
                        ? new Command.Begin()
                        : new Command.Recover(
                                context.store().lease().node(), Fact.RunRecovered.FIRST_OWNER));
    }

    /** No run that is in doubt is this node's any more. */
    void clear() {
        doubts.clear();
    }
}
