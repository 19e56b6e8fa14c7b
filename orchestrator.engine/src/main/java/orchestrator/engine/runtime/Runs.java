package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;

/** The runs that this node owns and has in memory. Thread safe. */
final class Runs implements RunObserver {
    private final RunContext context;
    private final WritePath writes;
    private final Results results;
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final Asides asides;
    private final Adoption adoption;
    private final Creations creations;
    private final Room room;
    private volatile boolean stopped;
    private volatile Consumer<RunSummary> onLeave = summary -> {};
    private volatile Runnable onUnread = () -> {};

    Runs(RunContext context, WritePath writes, Results results) {
        this.context = context;
        this.writes = writes;
        this.results = results;
        this.room = new Room(() -> context.limits().get().runs());
        this.asides = new Asides(context, writes);
        this.adoption = new Adoption(context, this, asides);
        this.creations = new Creations(context, writes, this, adoption);
    }

    /** Is called when a run has left memory and there is room for another; the summary is null if it is not waiting. */
    void onLeave(Consumer<RunSummary> listener) {
        onLeave = listener;
    }

    /** Is called when a message stays in the store for who takes its run next. */
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

    /**
     * Stores a new run; if it is owned it goes on at once.
     *
     * @param incarnation of the lease that is to own it
     */
    CompletableFuture<CreateOutcome> create(NewRun run, RunState state, long incarnation) {
        return creations.create(run, state, incarnation);
    }

    /** Goes on with a run that the store has given to this node; its journal is read on the threads of runs. */
    void take(ClaimedRun claimed) {
        adoption.take(claimed);
    }

    /** A run does not come after all, and leaves the room that was taken for it. */
    void giveUp() {
        room.giveBack();
        onLeave.accept(null);
    }

    /** Begins a run, unless it is not this node's any more. */
    void begin(Arrival arrival) {
        RunState state = arrival.replayed().state();
        StoredRun stored =
                new StoredRun(
                        arrival.summary(),
                        arrival.epoch(),
                        arrival.replayed().lastSequence(),
                        arrival.inbox(),
                        context);
        ActiveRun run = new ActiveRun(stored, state, context, this, writes::append);
        List<String> awaited = awaited(state);
        run.prepare(arrival.commands());
        if (isLate(arrival) || !enter(run)) {
            giveUp();
            return;
        }
        List<Command> offers = // looked up now: who comes later tells the active runs
                awaited.stream()
                        .filter(context.subRuns().offers()::has)
                        .map(Offers::offer)
                        .toList();
        run.begin(offers, arrival.mail());
        if (isLate(arrival)) { // perhaps too late to be forgotten with the others
            run.abandon("the node's lease is over");
        }
    }

    private boolean isLate(Arrival arrival) {
        return stopped || context.store().isOver(arrival.incarnation());
    }

    /** Of two that are the same run, only the one that was claimed last goes on. */
    private boolean enter(ActiveRun run) {
        while (true) {
            ActiveRun there = active.putIfAbsent(run.id(), run);
            if (there == null) {
                return true;
            } else if (there.epoch() >= run.epoch()) {
                return false;
            } else if (active.replace(run.id(), there, run)) {
                there.abandon("the run was claimed again");
                return true;
            }
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

    @Override
    public void setAside(Append append) {
        asides.put(append);
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
        asides.settle();
        adoption.settle();
        creations.settle();
    }

    /**
     * Begins nothing more, and ends the work for all runs here; completes when what was on its way to the store is
     * settled.
     */
    CompletableFuture<Void> stop() {
        stopped = true;
        return CompletableFuture.allOf(
                active.values().stream().map(ActiveRun::stop).toArray(CompletableFuture<?>[]::new));
    }

    /** Forgets every run: the store has given them to another node. The lease is gone by now, or no run comes any more. */
    void abandonAll(String why) {
        asides.clear();
        adoption.clear();
        creations.clear();
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
    public void unread(Message.Tell message) {
        if (message.asked() != null) {
            context.answers().add(message.asked());
        }
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
