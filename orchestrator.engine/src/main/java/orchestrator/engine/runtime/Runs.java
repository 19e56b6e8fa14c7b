package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.core.Summaries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that this node owns and has in memory. Thread safe. */
final class Runs implements RunObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int MAX_FRUITLESS_CLAIMS = 3;

    /** How long a creation that was not answered may still come about. */
    private static final Duration LONGEST_DOUBT = Duration.ofMinutes(5);

    private final RunContext context;
    private final WritePath writes;
    private final Results results;
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final Map<String, Runnable> unsettled = new ConcurrentHashMap<>();
    private final Room room;
    private volatile Consumer<RunSummary> onLeave = summary -> {};
    private volatile Runnable onUnread = () -> {};

    Runs(RunContext context, WritePath writes, Results results) {
        this.context = context;
        this.writes = writes;
        this.results = results;
        this.room = new Room(() -> context.limits().get().runs());
    }

    /** Is called when a run has left memory and there is room for another; the summary is null if it is not waiting. */
    void onLeave(Consumer<RunSummary> listener) {
        onLeave = listener;
    }

    /** Is called when a message waits in the store for a run that has left memory. */
    void onUnread(Runnable listener) {
        onUnread = listener;
    }

    Room room() {
        return room;
    }

    Optional<ActiveRun> find(String run) {
        return Optional.ofNullable(active.get(run));
    }

    List<ActiveRun> all() {
        return List.copyOf(active.values());
    }

    /** Stores a new run; if it is owned it goes on at once. */
    CompletableFuture<CreateOutcome> create(NewRun run, RunState state) {
        CompletableFuture<Writer.Creation> created = writes.create(run);
        if (run.owned()) {
            created = created.whenComplete((creation, e) -> created(run, state, creation, e));
        }
        return created.thenApply(Writer.Creation::outcome);
    }

    private void created(NewRun run, RunState state, Writer.Creation creation, Throwable e) {
        if (e == null && creation.outcome().kind() == CreateOutcome.Kind.CREATED) {
            begin(
                    run.summary(),
                    1,
                    new Journal.Replayed(state, run.entries().size()),
                    new InboxMark(0, List.of()),
                    List.of(),
                    List.of(),
                    creation.incarnation());
            return;
        }
        room.giveBack();
        if (e instanceof StateUnavailableException) {
            String id = run.summary().id();
            Instant until = context.clock().now().plus(LONGEST_DOUBT);
            unsettled.put(id, () -> adoptCreated(id, until));
        }
    }

    /** Goes on with a run that the store has given to this node; its journal is read on the threads of runs. */
    void take(ClaimedRun claimed) {
        adopt(claimed, state -> firstCommands(claimed, state));
    }

    private void adopt(ClaimedRun claimed, Function<RunState, List<Command>> first) {
        long incarnation = context.store().incarnation();
        room.take();
        context.executor().execute(() -> adopt(claimed, first, incarnation));
    }

    private void adopt(
            ClaimedRun claimed, Function<RunState, List<Command>> first, long incarnation) {
        RunSummary summary = claimed.summary();
        Journal.Replayed replayed;
        List<Command> commands;
        try {
            replayed = context.journal().replay(summary.id(), summary.definitionHash());
            commands = first.apply(replayed.state());
        } catch (StateUnavailableException e) {
            giveUp();
            unsettled.put(summary.id(), () -> adopt(claimed, first));
            if (isOver(incarnation)) {
                unsettled.remove(summary.id());
            }
            return;
        } catch (RuntimeException e) {
            setAside(claimed, e);
            giveUp();
            return;
        }
        if (isOver(incarnation)) {
            giveUp(); // the lease ended while the journal was read
            return;
        }
        List<Long> unread = claimed.inbox().stream().map(Mail::number).toList();
        begin(
                summary,
                claimed.epoch(),
                replayed,
                new InboxMark(claimed.inboxTail(), unread),
                commands,
                claimed.inbox(),
                incarnation);
    }

    private boolean isOver(long incarnation) {
        return context.store().incarnation() != incarnation;
    }

    private void giveUp() {
        room.giveBack();
        onLeave.accept(null);
    }

    /**
     * A new run whose creation the store did not answer: if it is stored, it is this node's, and nobody else's. The
     * store may still be at it, so that one look is not enough.
     */
    private void adoptCreated(String id, Instant until) {
        List<RunSummary> found = context.store().backend().summaries(List.of(id));
        if (found.isEmpty() && context.clock().now().isBefore(until)) {
            unsettled.put(id, () -> adoptCreated(id, until));
        }
        for (RunSummary summary : found) {
            if (!active.containsKey(id) && !summary.status().isFinal()) {
                adopt(new ClaimedRun(summary, 1, 0, 1, false, List.of(), 0), state -> List.of());
            }
        }
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
        } else if (claimed.takenOver()) {
            commands.add(new Command.Recover(context.store().lease().node(), claimed.epoch()));
        }
        if (state.deadline() != null) {
            commands.add(new Command.ReachDeadline()); // it may be what the run was due for
        }
        return commands;
    }

    private void begin(
            RunSummary summary,
            long epoch,
            Journal.Replayed replayed,
            InboxMark inbox,
            List<Command> commands,
            List<Mail> mail,
            long incarnation) {
        StoredRun stored = new StoredRun(summary, epoch, replayed.lastSequence(), inbox, context);
        ActiveRun run = new ActiveRun(stored, replayed.state(), context, this, writes::append);
        List<Command> first = new ArrayList<>(commands);
        List<String> awaited = awaited(replayed.state());
        active.put(summary.id(), run);
        awaited.stream() // looked up now: who comes later tells the active runs
                .filter(context.subRuns().offers()::has)
                .map(Offers::offer)
                .forEach(first::add);
        run.begin(first, mail);
        if (isOver(incarnation)) {
            run.abandon(
                    "the node's lease is over"); // it may have come too late to be forgotten with
            // the others
        }
    }

    /** What steps wait for that may be on offer. */
    private static List<String> awaited(RunState state) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < state.graph().steps().size(); i++) {
            StepState step = state.step(i);
            if (step.waitCode() != null) {
                keys.add(step.waitCode() + ":" + step.waitSubject());
            }
        }
        return keys;
    }

    /** A run that cannot be read is put aside, named, and the others go on. */
    private void setAside(ClaimedRun claimed, RuntimeException e) {
        RunSummary s = claimed.summary();
        LOG.error("Run {} cannot be read and is quarantined: {}", s.id(), e.getMessage());
        RunSummary quarantined = Summaries.quarantined(s, e.getMessage(), context.clock().now());
        setAside(
                new Append(
                        s.id(),
                        claimed.epoch(),
                        context.ids().get(),
                        List.of(),
                        claimed.lastSequence(),
                        List.of(), // its messages wait for who can read it
                        claimed.inboxTail(),
                        quarantined,
                        true));
    }

    @Override
    public void setAside(Append append) {
        writes.append(
                append,
                settlement -> {
                    LOG.debug("Run {}: {}", append.run(), settlement);
                    if (settlement.outcome() == AppendOutcome.MAIL) {
                        unsettled.put(append.run(), () -> setAside(withNewestMail(append)));
                    }
                });
    }

    /** The same append by somebody who has seen what came meanwhile. */
    private Append withNewestMail(Append append) {
        long seen =
                context.store().backend().mail(context.store().lease()).stream()
                        .filter(message -> message.run().equals(append.run()))
                        .mapToLong(Mail::number)
                        .max()
                        .orElse(0);
        return new Append(
                append.run(),
                append.epoch(),
                context.ids().get(),
                append.entries(),
                append.lastSequence(),
                append.consumed(),
                Math.max(seen, append.inboxSeen()),
                append.summary(),
                append.release());
    }

    /** Tells every run here that a task or a workflow is on offer. */
    void offer(Command offer) {
        active.values().forEach(run -> run.tell(Message.Tell.of(offer)));
    }

    /** Hands a message over; false if its run is not here. */
    boolean deliver(Mail message) {
        Optional<ActiveRun> run = find(message.run());
        run.ifPresent(here -> here.mail(message));
        return run.isPresent();
    }

    /** Hands over messages that the store has for runs of this node. */
    void deliver(List<Mail> mail) {
        for (Mail message : mail) {
            deliver(message);
        }
    }

    /** Looks after runs that are this node's in the store, perhaps, and not in memory: the store did not answer. */
    void settle() {
        for (String run : List.copyOf(unsettled.keySet())) {
            Runnable adoption = unsettled.remove(run);
            if (adoption != null) {
                try {
                    adoption.run();
                } catch (StateUnavailableException e) {
                    unsettled.put(run, adoption);
                    throw e;
                }
            }
        }
    }

    /** Forgets every run: the store has given them to another node. The lease is gone by now, or no run comes any more. */
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
    public void resting(ActiveRun run, boolean resting) {
        if (resting) {
            room.giveBack();
            onLeave.accept(null);
        } else {
            room.take(); // it goes on at once, also beyond the limit
        }
    }

    @Override
    public void unread(ActiveRun run) {
        onUnread.run();
    }

    @Override
    public void lost(ActiveRun run, String why) {
        left(run);
        onLeave.accept(null);
    }

    private void left(ActiveRun run) {
        active.remove(run.id(), run);
        if (!run.isResting()) { // each run that began leaves once, even if it was claimed again
            // meanwhile
            room.giveBack();
        }
    }
}
