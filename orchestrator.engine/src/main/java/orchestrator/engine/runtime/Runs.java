package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that this node owns and has in memory. Thread safe. */
final class Runs implements RunObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int MAX_FRUITLESS_CLAIMS = 3;

    private final RunContext context;
    private final WritePath writes;
    private final Results results;
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final Set<String> unsettled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile Consumer<RunSummary> onLeave = summary -> {};

    Runs(RunContext context, WritePath writes, Results results) {
        this.context = context;
        this.writes = writes;
        this.results = results;
    }

    /** Is called when a run has left memory and there is room for another; the summary is null if it is not waiting. */
    void onLeave(Consumer<RunSummary> listener) {
        onLeave = listener;
    }

    int room() {
        return Math.max(0, context.limits().get().runs() - taken.get());
    }

    /** Takes room for one more run, if there is any. */
    boolean reserve() {
        int limit = context.limits().get().runs();
        while (true) {
            int now = taken.get();
            if (now >= limit) {
                return false;
            }
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    Optional<ActiveRun> find(String run) {
        return Optional.ofNullable(active.get(run));
    }

    List<ActiveRun> all() {
        return List.copyOf(active.values());
    }

    /** Stores a new run; if it is owned it goes on at once. */
    CompletableFuture<CreateOutcome> create(NewRun run, RunState state) {
        CompletableFuture<CreateOutcome> created = writes.create(run);
        if (!run.owned()) {
            return created;
        }
        return created.whenComplete(
                (outcome, e) -> {
                    boolean isNew = e == null && outcome.kind() == CreateOutcome.Kind.CREATED;
                    if (isNew) {
                        begin(
                                run.summary(),
                                1,
                                new Journal.Replayed(state, run.entries().size()),
                                new InboxMark(0, List.of()),
                                List.of(),
                                List.of());
                    } else {
                        taken.decrementAndGet();
                        if (e instanceof StateUnavailableException) {
                            unsettled.add(run.summary().id());
                        }
                    }
                });
    }

    /** Goes on with a run that the store has given to this node; room was counted by {@link #room}. */
    void take(ClaimedRun claimed) {
        taken.incrementAndGet();
        RunSummary summary = claimed.summary();
        Journal.Replayed replayed;
        try {
            replayed = context.journal().replay(summary.id(), summary.definitionHash());
        } catch (StateUnavailableException e) {
            taken.decrementAndGet();
            unsettled.add(summary.id());
            return;
        } catch (RuntimeException e) {
            taken.decrementAndGet();
            setAside(claimed, e);
            return;
        }
        List<Long> unread = claimed.inbox().stream().map(Mail::number).toList();
        begin(
                summary,
                claimed.epoch(),
                replayed,
                new InboxMark(claimed.inboxTail(), unread),
                firstCommands(claimed, replayed.state()),
                claimed.inbox());
    }

    private List<Command> firstCommands(ClaimedRun claimed, RunState state) {
        List<Command> commands = new ArrayList<>();
        if (claimed.fruitlessClaims() > MAX_FRUITLESS_CLAIMS) {
            commands.add(
                    new Command.Quarantine(
                            "fruitless-claims",
                            "the run was claimed %d times in a row without getting on"
                                    .formatted(claimed.fruitlessClaims())));
        } else if (state.startedAt() == null) {
            commands.add(new Command.Begin());
        } else if (claimed.summary().status() == RunStatus.RUNNING) {
            commands.add(new Command.Recover(context.store().lease().node(), claimed.epoch()));
        }
        for (int i = 0; i < state.graph().steps().size(); i++) {
            StepState step = state.step(i);
            if ("task".equals(step.waitCode())
                    && context.registry().newest(step.waitSubject()) != null) {
                commands.add(new Command.OfferTask(step.waitSubject()));
            }
        }
        return commands;
    }

    private void begin(
            RunSummary summary,
            long epoch,
            Journal.Replayed replayed,
            InboxMark inbox,
            List<Command> commands,
            List<Mail> mail) {
        ActiveRun run =
                new ActiveRun(
                        summary.id(),
                        epoch,
                        replayed,
                        summary,
                        inbox,
                        context,
                        this,
                        writes::append);
        active.put(summary.id(), run);
        run.begin(commands, mail);
    }

    /** A run that cannot be read is put aside, named, and the others go on. */
    private void setAside(ClaimedRun claimed, RuntimeException e) {
        RunSummary s = claimed.summary();
        LOG.error("Run {} cannot be read and is quarantined: {}", s.id(), e.getMessage());
        Reason reason =
                new Reason(
                        "quarantined", Limits.error(e.getMessage()), context.clock().now(), null);
        RunSummary quarantined =
                new RunSummary(
                        s.id(),
                        s.kind(),
                        s.workflow(),
                        s.definitionHash(),
                        s.version(),
                        RunStatus.WAITING,
                        reason,
                        null,
                        Set.of(),
                        s.priority(),
                        s.labels(),
                        s.progress(),
                        s.created(),
                        s.started(),
                        s.ended(),
                        s.parent(),
                        s.origin(),
                        s.error());
        writes.append(
                new Append(
                        s.id(),
                        claimed.epoch(),
                        context.ids().get(),
                        List.of(),
                        claimed.lastSequence(),
                        claimed.inbox().stream().map(Mail::number).toList(),
                        claimed.inboxTail(),
                        quarantined,
                        true),
                settlement -> LOG.debug("Run {}: {}", s.id(), settlement));
    }

    /** Tells every run here that a task is on offer. */
    void offer(String task) {
        active.values().forEach(run -> run.tell(Message.Tell.of(new Command.OfferTask(task))));
    }

    /** Hands over messages that the store has for runs of this node. */
    void deliver(List<Mail> mail) {
        for (Mail message : mail) {
            find(message.run()).ifPresent(run -> run.mail(message));
        }
    }

    /** Looks after runs that are this node's in the store, perhaps, and not in memory: the store did not answer. */
    void settle() {
        if (unsettled.isEmpty()) {
            return;
        }
        List<String> open = List.copyOf(unsettled);
        for (RunSummary summary : context.store().backend().summaries(open)) {
            if (!active.containsKey(summary.id()) && !summary.status().isFinal()) {
                taken.incrementAndGet();
                begin(
                        summary,
                        1,
                        context.journal().replay(summary.id(), summary.definitionHash()),
                        new InboxMark(0, List.of()),
                        List.of(),
                        List.of());
            }
        }
        open.forEach(unsettled::remove);
    }

    /** Forgets every run: the store has given them to another node. */
    void abandonAll(String why) {
        unsettled.clear();
        active.values().forEach(run -> run.abandon(why));
    }

    @Override
    public void ended(ActiveRun run, RunState state) {
        left(run);
        if (results.isAwaited(run.id())) {
            results.complete(RunDetailsView.of(run.id(), state, context.clock().now(), Map.of()));
        }
        onLeave.accept(null);
    }

    @Override
    public void released(ActiveRun run, RunSummary summary) {
        left(run);
        onLeave.accept(summary);
    }

    @Override
    public void lost(ActiveRun run, String why) {
        left(run);
        onLeave.accept(null);
    }

    private void left(ActiveRun run) {
        if (active.remove(run.id(), run)) {
            taken.decrementAndGet();
        }
    }
}
