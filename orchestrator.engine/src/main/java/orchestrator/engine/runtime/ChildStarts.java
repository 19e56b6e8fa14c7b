package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Cell;
import orchestrator.engine.core.CellId;
import orchestrator.engine.core.ChildId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;
import orchestrator.engine.time.Scheduler;

/**
 * The starts of the runs that the steps of an active run are. A child is created by the first node that comes to it, once
 * its time has come, and found to be there by the next. All of it is called on the run's thread.
 */
final class ChildStarts {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String run;
    private final RunContext context;
    private final Consumer<Message> mailbox;
    private final RunLetters letters;
    private final long incarnation; // only under this one are children begun here at once
    private final LostRuns lost;
    private final Set<ChildId> known =
            new HashSet<>(); // created, being created, or waiting for their time
    private final Map<ChildId, CompletableFuture<?>> creating = new HashMap<>();
    private final Map<ChildId, Scheduler.Timer> delayed = new HashMap<>();
    private int toCome; // what is tried again soon: until then the run must stay in memory
    private boolean closed;

    /**
     * @param letters tells the run itself of children that have ended already
     */
    ChildStarts(String run, RunContext context, Consumer<Message> mailbox, RunLetters letters) {
        this.run = run;
        this.context = context;
        this.mailbox = mailbox;
        this.letters = letters;
        this.incarnation = context.store().incarnation();
        this.lost = new LostRuns(context.journal(), context.store());
    }

    /** A child was scheduled just now, so that it cannot be there yet. */
    void begin(RunState state, Step step, int item) {
        issue(state, new CellId(step.index(), item), true);
    }

    /** A child is over. */
    void forget(RunState state, String step, int item, int attempt) {
        if (state.graph().step(step) != null) { // it may have been migrated away
            known.remove(new ChildId(new CellId(state.graph().step(step).index(), item), attempt));
        }
    }

    /** The run was migrated: no child was in progress, and places have changed. */
    void forgetAll() {
        hold();
        known.clear();
    }

    /** The run goes on after it was held: whoever resumes it may miss the end of a child. */
    void resume(RunState state) {
        known.retainAll(creating.keySet());
        reissue(state);
    }

    /** The run is held, or has ended: what waits for its time waits no more. */
    void hold() {
        delayed.values().forEach(Scheduler.Timer::cancel);
        known.removeAll(delayed.keySet());
        delayed.clear();
    }

    /** Issues what the state has as children and this node does not know of; some may have been created elsewhere. */
    void reissue(RunState state) {
        if (closed || state.isHeld()) {
            return;
        }
        Map<String, ChildId> unknown = new HashMap<>();
        for (ChildId child : state.children()) {
            if (!known.contains(child)) {
                unknown.put(id(state, child), child);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        try {
            for (RunSummary found : context.store().backend().summaries(unknown.keySet())) {
                ChildId child = unknown.get(found.id());
                if (found.status().isFinal()) { // the parent may never have been told
                    letters.toItself(lost.endOf(found, state, child));
                }
                known.add(child);
            }
        } catch (StateUnavailableException e) {
            later(this::reissue);
            return;
        }
        for (ChildId child : unknown.values()) {
            issue(state, child.cell(), false);
        }
    }

    /**
     * Creates a child, or lets it wait for its time.
     *
     * @param isNew whether it was scheduled just now, so that it cannot be there yet
     */
    private void issue(RunState state, CellId id, boolean isNew) {
        StepState step = state.step(id.step());
        Cell cell = step.cell(id.item());
        ChildId child = new ChildId(id, cell.attempt());
        boolean over = cell.stage() != Cell.Stage.SCHEDULED || step.waitCode() != null;
        if (closed || state.isHeld() || over || !known.add(child)) {
            return;
        }
        Duration delay =
                cell.notBefore() == null
                        ? Duration.ZERO
                        : Duration.between(context.clock().now(), cell.notBefore());
        if (delay.isNegative() || delay.isZero()) {
            create(state, child, isNew);
        } else {
            delayed.put(child, context.scheduler().schedule(delay, () -> look(s -> due(s, child))));
        }
    }

    private void due(RunState state, ChildId child) {
        if (delayed.remove(child) != null) {
            known.remove(child);
            reissue(state);
        }
    }

    private void create(RunState state, ChildId child, boolean isNew) {
        Step step = state.graph().steps().get(child.cell().step());
        Graph graph = newest(step.workflow());
        if (graph == null) {
            known.remove(child);
            mailbox.accept(Message.Tell.of(new Command.MissTask(step.name())));
            return;
        }
        int depth = ChildRuns.depth(state);
        if (depth > Limits.MAX_DEPTH) {
            fail(
                    state,
                    child,
                    Limits.TOO_DEEP,
                    "Expected workflows nested at most %d deep, but run %s would have a run of %s below it"
                            .formatted(Limits.MAX_DEPTH, run, step.workflow()),
                    false);
            return;
        }
        try {
            StartRequest request = ChildRuns.request(run, state, child, graph);
            creating.put(
                    child,
                    context.subRuns()
                            .starter()
                            .start(graph, request, isNew ? incarnation : StoreLink.NONE)
                            .whenComplete((outcome, e) -> look(then -> settled(then, child, e))));
        } catch (IllegalArgumentException e) {
            fail(state, child, "input", step.workflow() + ": " + e.getMessage(), false);
        } catch (StateException e) {
            settled(state, child, e);
        }
    }

    private void settled(RunState state, ChildId child, Throwable thrown) {
        Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        creating.remove(child);
        if (!known.contains(child)) {
            return; // it is over, or the run was migrated meanwhile and places have changed
        }
        if (failure instanceof StateUnavailableException) {
            later(
                    s -> {
                        known.remove(child);
                        reissue(s);
                    });
        } else if (failure != null && !(failure instanceof NodeFencedException)) {
            fail(state, child, "store", failure.getMessage(), true);
        }
    }

    private void fail(
            RunState state, ChildId child, String code, String message, boolean retryable) {
        Step step = state.graph().steps().get(child.cell().step());
        mailbox.accept(
                Message.Tell.of(
                        new Command.FailAttempt(
                                step.name(),
                                child.cell().item(),
                                child.attempt(),
                                null,
                                code,
                                Limits.error(message),
                                retryable)));
    }

    /** Completes when a child is created or cannot be: it can be written to after that. */
    CompletableFuture<?> creation(ChildId child) {
        return creating.getOrDefault(child, CompletableFuture.completedFuture(null));
    }

    /** The creations on their way. */
    Collection<CompletableFuture<?>> creations() {
        return List.copyOf(creating.values());
    }

    /** Whether no start is on its way, or will be without the store's wake-up of the run. */
    boolean isQuiet(RunState state) {
        return toCome == 0 && creating.isEmpty() && !isLate(state);
    }

    /**
     * Whether the time of a child has come by the store's clock and not by that of its timer, which may go more slowly: the
     * run's wake-up, which is for later ones, would not bring it back for that child.
     */
    private boolean isLate(RunState state) {
        Instant now = context.clock().now();
        for (ChildId child : delayed.keySet()) {
            Instant at = state.step(child.cell().step()).cell(child.cell().item()).notBefore();
            if (at != null && !at.isAfter(now)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is started from now on. */
    void close() {
        closed = true;
        hold();
    }

    private Graph newest(String workflow) {
        return context.subRuns().offers().workflow(workflow);
    }

    private String id(RunState state, ChildId child) {
        return ChildRuns.id(run, state, child);
    }

    private void later(Consumer<RunState> action) {
        toCome++;
        context.scheduler()
                .schedule(
                        PAUSE,
                        () ->
                                look(
                                        state -> {
                                            toCome--;
                                            action.accept(state);
                                        }));
    }

    private void look(Consumer<RunState> action) {
        mailbox.accept(
                new Message.Look(
                        state -> {
                            if (!closed) {
                                action.accept(state);
                            }
                        }));
    }
}
