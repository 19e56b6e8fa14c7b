package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    private final Queue<Message> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();

    // Only the run's thread touches what follows.
    private final Commands commands = new Commands();
    private final List<Consumer<RunState>> looks = new ArrayList<>();
    private final StoredRun stored;
    private final RunEffects effects;
    private RunState state;
    private InFlight appending;
    private boolean gone;
    private boolean resting;
    private boolean stopping;
    private String broken; // why it cannot go on, while an append is on its way

    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** An append on its way, and what follows when it is durable. */
    private record InFlight(Append append, List<Fact> facts, Decided decided) {}

    /** Where appends go. */
    @FunctionalInterface
    interface WriteTarget {
        void append(Append append, Consumer<Writer.Settlement> settled);
    }

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
        this.effects = new RunEffects(id, context, this::tell);
    }

    String id() {
        return id;
    }

    long epoch() {
        return stored.epoch();
    }

    /** Begins to work; what is pending is issued once more, after the losses of a take-over are recorded. */
    void begin(List<Command> first, List<Mail> unread) {
        if (first.stream().noneMatch(ActiveRun::comesBeforeAttempts)) {
            mailbox.add(new Message.Look(effects::issuePending));
        }
        first.forEach(command -> mailbox.add(Message.Tell.of(command)));
        unread.forEach(this::deliver);
        if (state.graph().hasSubWorkflows() || state.isEnded()) {
            takeUpLater();
        }
        schedule();
    }

    /** By a look of a look: other runs are looked after when what is known of them is decided. */
    private void takeUpLater() {
        tell(new Message.Look(s -> tell(new Message.Look(this::takeUp))));
    }

    private void takeUp(RunState durable) {
        if (durable.isClosed()) { // it ended with its creation
            end();
        } else if (!gone) {
            effects.takeUp(durable);
            rest();
        }
    }

    /** Whether it takes no room among the runs of its node; for its observer, on its thread. */
    boolean isResting() {
        return resting;
    }

    /** Attempts that are lost are recorded before they are issued again; what does harm is held before it starts. */
    private static boolean comesBeforeAttempts(Command command) {
        return command instanceof Command.Recover || command instanceof Command.Quarantine;
    }

    /** Hands over a message of the inbox; one that was seen before is dropped. */
    void mail(Mail message) {
        deliver(message);
        schedule();
    }

    private void deliver(Mail message) {
        mailbox.add(
                new Message.Tell(
                        CommandMail.decode(message.body()),
                        null,
                        message,
                        context.answers().remove(message.messageId())));
    }

    void tell(Message message) {
        mailbox.add(message);
        schedule();
    }

    private void schedule() {
        if (work.getAndIncrement() == 0) {
            context.executor().execute(this::drain);
        }
    }

    private void drain() {
        int seen = 1;
        do {
            try {
                advance();
            } catch (RuntimeException | Error e) { // an error of one run stops no other
                LOG.error("Run {} met an error that nobody expected and is set down", id, e);
                setDown(e.toString());
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void advance() {
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
        if (appending == null) {
            List<Consumer<RunState>> due = List.copyOf(looks);
            looks.clear();
            due.forEach(look -> look.accept(state));
            if (!gone) {
                decideUnlessEnding();
            }
            if (stopping && appending == null) {
                leave("the engine stops");
            }
            if (gone) {
                refuseAll();
            }
        }
    }

    /** A message of the inbox stays in the store for who takes the run next; its answer comes then. */
    private void refuseAll() {
        for (Message.Tell tell : commands.take()) {
            if (tell.mail() == null || state.isClosed()) {
                tell.reply("Expected a run of this node, but it has left");
            } else {
                if (tell.answer() != null) {
                    context.answers().put(tell.mail().messageId(), tell.answer());
                }
                observer.unread(this);
            }
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
        Decided decided = new Decided();
        List<Long> consumed = new ArrayList<>();
        for (Message.Tell tell : told) {
            if (tell.mail() != null) {
                if (!stored.inbox().take(tell.mail().number())) {
                    continue;
                }
                consumed.add(tell.mail().number());
            }
            if (tell.attempt() != null) {
                effects.remove(tell.attempt());
            }
            decided.add(tell, decider.decide(tell.command()));
        }
        stored.bound(decider, state);
        write(decider.facts(), now, decided, consumed);
    }

    private void write(List<Fact> facts, Instant now, Decided decided, List<Long> consumed) {
        Summaries.Standing standing = Summaries.standing(state, now);
        boolean release = !state.isEnded() && canRelease(standing, facts);
        if (facts.isEmpty() && consumed.isEmpty() && !release) {
            decided.answer();
            return;
        }
        Append append = stored.next(facts, consumed, state, standing, now, release);
        appending = new InFlight(append, facts, decided);
        writer.append(append, settlement -> tell(new Message.Settled(settlement)));
    }

    /** A run that waits leaves memory, unless an attempt is in progress: what has not begun is taken back first. */
    private boolean canRelease(Summaries.Standing standing, List<Fact> facts) {
        boolean waits =
                switch (standing.status()) {
                    case WAITING, PAUSED -> true;
                    default -> false;
                };
        return waits && effects.withdrawAll(facts, state);
    }

    private void settle(Writer.Settlement settlement) {
        InFlight done = appending;
        appending = null;
        AppendOutcome outcome = settlement.outcome();
        if (outcome == AppendOutcome.APPENDED && broken == null) {
            appended(done);
        } else if (outcome == AppendOutcome.APPENDED) {
            stored.appended(done.append);
            done.decided.answer();
            if (done.append.release() || done.append.ends()) {
                leave(broken);
            } else {
                setDown(broken);
            }
        } else if (settlement.failure() != null) {
            String why = settlement.failure().getMessage();
            LOG.error("Run {} cannot be written and is quarantined: {}", id, why);
            commands.addAll(done.decided.commands());
            setDown(why);
        } else if (outcome == AppendOutcome.FENCED) {
            LOG.info("Run {} is not this node's any more", id);
            commands.addAll(done.decided.commands());
            leave("the run is not this node's any more");
        } else if (broken != null) {
            commands.addAll(done.decided.commands());
            setDown(broken);
        } else {
            reload(done);
        }
    }

    /** It cannot go on: the store says why, once it has answered what is on its way. */
    private void setDown(String why) {
        if (appending != null) {
            broken = why;
        } else if (!gone) {
            observer.setAside(stored.quarantine(why));
            leave(why);
        }
        if (gone) {
            refuseAll();
        }
    }

    private void appended(InFlight done) {
        stored.appended(done.append);
        rest(); // first, so that there is room for its children
        effects.follow(done.facts, state);
        done.decided.answer();
        if (state.isClosed()) {
            end();
        } else if (done.append.release()) {
            close();
            observer.released(this, stored.summary());
        }
    }

    private void end() {
        if (!gone) {
            close();
            observer.ended(this, state);
        }
    }

    private void close() {
        gone = true;
        effects.close();
        left.complete(null);
    }

    private void rest() {
        if (!gone && resting != state.isOnlyParent()) {
            resting = !resting;
            observer.resting(this, resting);
        }
    }

    /** The append was refused: what it assumed is not so. The run is read again, and its commands decided again. */
    private void reload(InFlight refused) {
        Journal.Replayed replayed;
        List<Mail> unread;
        try {
            replayed = context.journal().replay(id, stored.summary().definitionHash());
            unread = context.store().backend().mail(context.store().lease());
        } catch (StateUnavailableException e) { // still this node's run: once more, soon
            appending = refused;
            Writer.Settlement again = new Writer.Settlement(AppendOutcome.CONFLICT, null);
            context.scheduler().schedule(RELOAD_PAUSE, () -> tell(new Message.Settled(again)));
            return;
        } catch (RuntimeException e) {
            commands.addAll(refused.decided.commands());
            if (e instanceof NodeFencedException) {
                leave("the run is not this node's any more");
            } else {
                LOG.error("Run {} could not be read again and is set down", id, e);
                setDown(e.toString());
            }
            return;
        }
        state = replayed.state();
        stored.rewound(refused.append, replayed.lastSequence());
        for (Message.Tell tell : refused.decided.commands()) {
            commands.add(tell);
            if (tell.attempt() != null) { // it has ended: it is decided again, not issued again
                effects.putBack(tell.attempt());
            }
        }
        for (Mail message : unread) {
            if (message.run().equals(id)) {
                deliver(message);
            }
        }
        effects.issuePending(state);
        takeUpLater();
    }

    private void leave(String why) {
        if (!gone) {
            close();
            observer.lost(this, why);
        }
    }

    /** Ends all work for the run at once; what is not durable is forgotten. */
    void abandon(String why) {
        tell(new Message.Look(s -> leave(why)));
    }

    /** Begins no more work, cancels what is in progress, and leaves when the append on its way is settled. */
    CompletableFuture<Void> stop() {
        tell(new Message.Stop());
        return left;
    }

    /** What attempts in progress say of themselves, by step. */
    Map<String, String> messages() {
        return effects.messages();
    }
}
