package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that this node owns and that is in memory: its state, its mailbox, its effects. One thread at a time advances
 * it, and it has at most one append on its way; meanwhile commands collect. Effects follow when the append is durable.
 */
final class ActiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRun.class);

    /** How long the store is left alone before a run is read again that could not be read. */
    private static final Duration RELOAD_PAUSE = Duration.ofSeconds(1);

    private final String id;
    private final RunContext context;
    private final RunObserver observer;
    private final WriteTarget writer;
    private final Mailbox mailbox;

    // Only the run's thread touches what follows.
    private final Commands commands;
    private final List<Consumer<RunState>> looks = new ArrayList<>();
    private final StoredRun stored;
    private final RunEffects effects;
    private final Stay stay;
    private RunState state;
    private InFlight appending;
    private boolean stopping;
    private String broken; // why it cannot go on, while an append is on its way

    /** An append on its way, and what follows when it is durable. */
    private record InFlight(Append append, List<Fact> facts, Decided decided) {}

    ActiveRun(
            StoredRun stored,
            RunState state,
            RunContext context,
            RunObserver observer,
            WriteTarget writer) {
        this.id = stored.id();
        this.stored = stored;
        this.state = state;
        this.context = context;
        this.observer = observer;
        this.writer = writer;
        this.commands = new Commands(context.journal()::resolve);
        this.mailbox = new Mailbox(context.executor(), this::advance, this::failed);
        this.effects = new RunEffects(id, context, this::tell);
        this.stay = new Stay(this, observer, effects);
    }

    String id() {
        return id;
    }

    long epoch() {
        return stored.epoch();
    }

    /**
     * Puts first what it is told first: what is pending is issued once more, after the losses of a take-over are recorded.
     * For one who alone knows the run yet.
     */
    void prepare(List<Command> first) {
        if (Commands.letAttemptsBegin(first.stream())) {
            mailbox.add(new Message.Look(effects::issuePending));
        }
        first.forEach(command -> mailbox.add(Message.Tell.of(command)));
    }

    /** Begins to work. */
    void begin(List<Command> offers, List<Mail> unread) {
        offers.forEach(offer -> mailbox.add(Message.Tell.of(offer)));
        unread.forEach(this::deliver);
        if (state.graph().hasSubWorkflows() || state.isEnded()) {
            takeUpLater();
        }
        mailbox.schedule();
    }

    /** By a look of a look: other runs are looked after when what is known of them is decided. */
    private void takeUpLater() {
        tell(new Message.Look(s -> tell(new Message.Look(this::takeUp))));
    }

    private void takeUp(RunState durable) {
        if (durable.isClosed()) { // it ended with its creation
            stay.end(durable);
        } else if (!stay.isOver()) {
            effects.takeUp(durable);
            stay.rest(state.isOnlyParent());
        }
    }

    /** Whether it takes no room among the runs of its node; for its observer, on its thread. */
    boolean isResting() {
        return stay.isResting();
    }

    /** Hands over a message of the inbox; one that was seen before is dropped. */
    void mail(Mail message) {
        deliver(message);
        mailbox.schedule();
    }

    private void deliver(Mail message) {
        mailbox.add(Message.Tell.of(message, context.answers().take(message)));
    }

    void tell(Message message) {
        mailbox.add(message);
        mailbox.schedule();
    }

    private void failed(Throwable e) {
        LOG.error("Run {} met an error that nobody expected and is set down", id, e);
        setDown(e.toString());
    }

    private void advance() {
        takeIn();
        if (appending == null) {
            List<Consumer<RunState>> due = List.copyOf(looks);
            looks.clear();
            due.forEach(look -> look.accept(state));
            takeIn(); // what a look told the run comes before its release, which would drop it
            if (!stay.isOver()) {
                decideUnlessEnding();
            }
            if (stopping && appending == null) {
                stay.lose("the engine stops");
            }
            refuseIfGone();
        }
    }

    private void takeIn() {
        for (Message message = mailbox.poll(); message != null; message = mailbox.poll()) {
            if (message instanceof Message.Settled settled) {
                settle(settled.settlement());
            } else if (message instanceof Message.Look look) {
                looks.add(look.action());
            } else if (message instanceof Message.Tell tell) {
                commands.add(tell);
            } else {
                stopping = true;
                effects.close();
            }
        }
    }

    private void refuseIfGone() {
        if (stay.isOver()) {
            commands.refuse(observer::unread);
        }
    }

    /** While a run tells others of its end, what comes in waits: the append that closes the run takes it in. */
    private void decideUnlessEnding() {
        boolean ending = state.isEnded() && !state.isClosed();
        if (ending && !commands.close()) {
            return;
        }
        List<Message.Tell> told = commands.take();
        try {
            decide(told);
        } catch (RuntimeException | Error e) {
            commands.addAll(told); // to be answered when the run has left
            throw e;
        }
    }

    private void decide(List<Message.Tell> told) {
        Instant now = context.clock().now();
        Decider decider = new Decider(state, now, context.limits().get().retry(), context.random());
        Decided decided = new Decided(stored.inbox());
        for (Message.Tell tell : told) {
            if (decided.takes(tell)) {
                if (tell.attempt() != null) {
                    effects.remove(tell.attempt());
                }
                decided.add(tell, decider.decide(tell.command()));
            } else if (tell.asked() != null) { // decided on before: its journal says how
                context.answers().add(tell.asked());
            }
        }
        stored.bound(decider, state);
        write(decider.facts(), now, decided);
    }

    private void write(List<Fact> facts, Instant now, Decided decided) {
        Summaries.Standing standing = Summaries.standing(state, now);
        boolean release = !state.isEnded() && canRelease(standing, facts);
        if (facts.isEmpty() && decided.consumed().isEmpty() && !release) {
            decided.answer();
            return;
        }
        Append append = stored.next(facts, decided.consumed(), state, standing, now, release);
        appending = new InFlight(append, facts, decided);
        writer.append(
                append, effects.isIdle(), settlement -> tell(new Message.Settled(settlement)));
    }

    /** A run that waits leaves memory, unless an attempt is in progress: what has not begun is taken back first. */
    private boolean canRelease(Summaries.Standing standing, List<Fact> facts) {
        RunStatus status = standing.status();
        boolean waits = status == RunStatus.WAITING || status == RunStatus.PAUSED;
        return waits && effects.withdrawAll(facts, state);
    }

    private void settle(Writer.Settlement settlement) {
        InFlight done = appending;
        appending = null;
        AppendOutcome outcome = settlement.outcome();
        if (outcome == AppendOutcome.APPENDED) {
            appended(done);
        } else if (outcome == AppendOutcome.FENCED) {
            lose(done);
        } else if (outcome != null && broken == null) {
            reload(done);
        } else {
            String why = broken == null ? settlement.failure().getMessage() : broken;
            LOG.error("Run {} cannot be written and is quarantined: {}", id, why);
            commands.addAll(done.decided.commands());
            setDown(why);
        }
    }

    /** It cannot go on: the store says why, once it has answered what is on its way. */
    private void setDown(String why) {
        if (appending != null) {
            broken = why;
        } else if (!stay.isOver()) {
            observer.setAside(stored.quarantine(why));
            stay.lose(why);
        }
        refuseIfGone();
    }

    private void appended(InFlight done) {
        stored.appended(done.append);
        if (broken != null && !done.append.release() && !done.append.ends()) {
            done.decided.answer();
            setDown(broken);
            return;
        }
        stay.rest(state.isOnlyParent()); // first, so that there is room for its children
        effects.follow(done.facts, state);
        done.decided.answer();
        if (state.isClosed()) {
            stay.end(state);
        } else if (done.append.release()) {
            stay.release(stored.summary());
        }
    }

    /** The append was refused: what it assumed is not so. The run is read again, and its commands decided again. */
    private void reload(InFlight refused) {
        StoredRun.Reread reread;
        try {
            reread = stored.reread(refused.append);
        } catch (StateUnavailableException e) { // still this node's run: once more, soon
            appending = refused;
            Message again =
                    new Message.Settled(new Writer.Settlement(AppendOutcome.CONFLICT, null));
            context.scheduler().schedule(RELOAD_PAUSE, () -> tell(again));
            return;
        } catch (NodeFencedException e) {
            lose(refused);
            return;
        } catch (RuntimeException e) {
            commands.addAll(refused.decided.commands());
            throw e; // it is set down
        }
        state = reread.state();
        commands.putBack(refused.decided.commands());
        for (Message.Tell tell : refused.decided.commands()) {
            if (tell.attempt() != null) { // it has ended: it is decided again, not issued again
                effects.putBack(tell.attempt());
            }
        }
        reread.mail().forEach(this::deliver);
        if (Commands.letAttemptsBegin(
                refused.decided.commands().stream().map(Message.Tell::command))) {
            effects.issuePending(state);
        }
        takeUpLater();
    }

    /** Who waits for an answer is told, or waits for the run's next owner. */
    private void lose(InFlight undecided) {
        LOG.info("Run {} is not this node's any more", id);
        commands.addAll(undecided.decided.commands());
        stay.lose("the run is not this node's any more");
    }

    /** Ends all work for the run at once; what is not durable is forgotten. */
    void abandon(String why) {
        tell(new Message.Look(s -> stay.lose(why)));
    }

    /** Begins no more work, cancels what is in progress, and leaves once the append on its way is settled. */
    CompletableFuture<Void> stop() {
        tell(new Message.Stop());
        return stay.left();
    }

    /** What it does in the world; for looks, on the run's thread. */
    RunEffects effects() {
        return effects;
    }
}
