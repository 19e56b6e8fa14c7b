package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.attempt.Attempt;
import orchestrator.engine.attempt.AttemptOwner;
import orchestrator.engine.attempt.AttemptSpec;
import orchestrator.engine.core.Cell;
import orchestrator.engine.core.CellId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactEntry;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Step;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that this node owns and that is in memory: its state, its mailbox, its attempts. One thread at a time advances
 * it, and it has at most one append on its way; meanwhile commands collect. Effects follow when the append is durable.
 */
final class ActiveRun implements AttemptOwner {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRun.class);

    /** How often the progress that a store lists is renewed at most. */
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    /** How long the store is left alone before a run is read again that could not be read. */
    private static final Duration RELOAD_PAUSE = Duration.ofSeconds(1);

    private final String id;
    private final long epoch;
    private final RunContext context;
    private final RunObserver observer;
    private final WriteTarget writer;
    private final Queue<Message> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();

    // Only the run's thread touches what follows.
    private final Deque<Message.Tell> commands = new ArrayDeque<>();
    private final List<Consumer<RunState>> looks = new ArrayList<>();
    private final Map<CellId, Attempt> attempts = new HashMap<>();
    private RunState state;
    private long lastSequence;
    private final InboxMark inbox;
    private Instant summaryAt;
    private RunSummary summary; // as the store has it
    private InFlight appending;
    private Scheduler.Timer deadlineTimer;
    private boolean gone;

    /** An append on its way, and what follows when it is durable. */
    private record InFlight(
            Append append, List<Fact> facts, List<Message.Tell> decided, List<String> answers) {}

    /** Where appends go. */
    @FunctionalInterface
    interface WriteTarget {
        void append(Append append, Consumer<Writer.Settlement> settled);
    }

    ActiveRun(
            String id,
            long epoch,
            Journal.Replayed replayed,
            RunSummary summary,
            InboxMark inbox,
            RunContext context,
            RunObserver observer,
            WriteTarget writer) {
        this.id = id;
        this.epoch = epoch;
        this.state = replayed.state();
        this.lastSequence = replayed.lastSequence();
        this.summary = summary;
        this.inbox = inbox;
        this.summaryAt = context.clock().now();
        this.context = context;
        this.observer = observer;
        this.writer = writer;
    }

    String id() {
        return id;
    }

    /** Begins to work; what is pending is issued once more, after the losses of a take-over are recorded. */
    void begin(List<Command> first, List<Mail> unread) {
        if (first.stream().noneMatch(ActiveRun::comesBeforeAttempts)) {
            mailbox.add(new Message.Look(s -> reissue()));
        }
        first.forEach(command -> mailbox.add(Message.Tell.of(command)));
        unread.forEach(this::deliver);
        schedule();
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

    @Override
    public void ended(Attempt attempt, Command command) {
        tell(new Message.Tell(command, attempt, null, null));
    }

    @Override
    public void wantsStart(Attempt attempt) {
        AttemptSpec spec = attempt.spec();
        tell(
                Message.Tell.of(
                        new Command.StartAttempt(
                                spec.step().name(), spec.cell().item(), spec.number())));
    }

    @Override
    public void missesTask(Attempt attempt) {
        tell(
                new Message.Tell(
                        new Command.MissTask(attempt.spec().step().name()), attempt, null, null));
    }

    // -- the run's thread
    // -----------------------------------------------------------------------------------------

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
                leave(e.toString());
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
            } else {
                commands.add((Message.Tell) message);
            }
        }
        if (appending == null) {
            List<Consumer<RunState>> due = List.copyOf(looks);
            looks.clear();
            due.forEach(look -> look.accept(state));
            if (!gone) {
                decide();
            } else {
                refuseAll();
            }
        }
    }

    /** A message of the inbox stays in the store for who takes the run next; its answer comes then. */
    private void refuseAll() {
        for (Message.Tell tell = commands.poll(); tell != null; tell = commands.poll()) {
            if (tell.mail() == null || state.isEnded()) {
                answer(tell, "Expected a run of this node, but it has left");
            } else {
                if (tell.answer() != null) {
                    context.answers().put(tell.mail().messageId(), tell.answer());
                }
                observer.unread(this);
            }
        }
    }

    private static void answer(Message.Tell tell, String text) {
        if (tell.answer() != null) {
            tell.answer().complete(text);
        }
    }

    private void decide() {
        Instant now = context.clock().now();
        Decider decider = new Decider(state, now, context.limits().get().retry(), context.random());
        List<Message.Tell> decided = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        List<Long> consumed = new ArrayList<>();
        for (Message.Tell tell = commands.poll(); tell != null; tell = commands.poll()) {
            if (tell.mail() != null) {
                if (!inbox.take(tell.mail().number())) {
                    continue;
                }
                consumed.add(tell.mail().number());
            }
            if (tell.attempt() != null) {
                attempts.remove(tell.attempt().spec().cell(), tell.attempt());
            }
            String refused = decider.decide(tell.command());
            decided.add(tell);
            answers.add(refused == null ? "" : refused);
        }
        boundJournal(decider);
        write(decider.facts(), now, decided, answers, consumed);
    }

    /** A journal that grows without end would one day not be readable in time. */
    private void boundJournal(Decider decider) {
        long next = lastSequence + decider.facts().size();
        if (lastSequence < Limits.LARGE_JOURNAL && next >= Limits.LARGE_JOURNAL) {
            LOG.warn("The journal of run {} has {} entries", id, next);
        }
        if (next > Limits.MAX_JOURNAL && !state.isEnded()) {
            decider.decide(
                    new Command.Fail(
                            "journal",
                            "Expected a journal of at most %,d entries, but it goes on"
                                    .formatted(Limits.MAX_JOURNAL)));
        }
    }

    private void write(
            List<Fact> facts,
            Instant now,
            List<Message.Tell> decided,
            List<String> answers,
            List<Long> consumed) {
        Summaries.Standing standing = Summaries.standing(state, now);
        boolean release = !state.isEnded() && canRelease(standing);
        if (facts.isEmpty() && consumed.isEmpty() && !release) {
            for (int i = 0; i < decided.size(); i++) {
                answer(decided.get(i), answers.get(i));
            }
            return;
        }
        List<Entry> entries = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            entries.add(
                    new FactEntry(lastSequence + entries.size() + 1, now, fact, context.codec()));
        }
        boolean changed = release || differs(standing) || isStale(now);
        if (changed) {
            summaryAt = now;
        }
        Append append =
                new Append(
                        id,
                        epoch,
                        context.ids().get(),
                        entries,
                        lastSequence,
                        consumed,
                        inbox.seen(),
                        changed ? Summaries.of(id, state, standing) : null,
                        release);
        appending = new InFlight(append, facts, decided, answers);
        writer.append(append, settlement -> tell(new Message.Settled(settlement)));
    }

    /** A run that waits leaves memory, unless an attempt is in progress: what has not begun is taken back first. */
    private boolean canRelease(Summaries.Standing standing) {
        boolean waits =
                switch (standing.status()) {
                    case WAITING, PAUSED -> true;
                    default -> false;
                };
        if (!waits) {
            return false;
        }
        if (attempts.values().stream().anyMatch(Attempt::isInBody)) {
            return false; // the others keep their timers
        }
        attempts.values().removeIf(Attempt::withdraw);
        return attempts.isEmpty();
    }

    private boolean differs(Summaries.Standing now) {
        return now.status() != summary.status()
                || !now.waitKeys().equals(summary.waitKeys())
                || !Objects.equals(now.reason(), summary.reason())
                || !Objects.equals(now.wakeAt(), summary.wakeAt());
    }

    private boolean isStale(Instant now) {
        return state.progress() != summary.progress()
                && Duration.between(summaryAt, now).compareTo(PROGRESS_INTERVAL) >= 0;
    }

    private void settle(Writer.Settlement settlement) {
        InFlight done = appending;
        appending = null;
        if (settlement.failure() != null) {
            LOG.error(
                    "Run {} cannot be written and is quarantined: {}",
                    id,
                    settlement.failure().getMessage());
            setAside(done, settlement.failure().getMessage());
            leave(settlement.failure().getMessage());
        } else if (settlement.outcome() == AppendOutcome.APPENDED) {
            appended(done);
        } else if (settlement.outcome() == AppendOutcome.FENCED) {
            LOG.info("Run {} is not this node's any more", id);
            leave("the run is not this node's any more");
        } else {
            reload(done);
        }
    }

    /** Says in the store why the run does not go on; what was refused is forgotten, and resuming tries again. */
    private void setAside(InFlight refused, String why) {
        inbox.forget(refused.append.consumed());
        Append append =
                new Append(
                        id,
                        epoch,
                        context.ids().get(),
                        List.of(),
                        lastSequence,
                        List.of(),
                        inbox.seen(),
                        Summaries.quarantined(summary, why, context.clock().now()),
                        true);
        writer.append(append, settlement -> LOG.debug("Run {}: {}", id, settlement));
    }

    private void appended(InFlight done) {
        lastSequence += done.append.entries().size();
        if (done.append.summary() != null) {
            summary = done.append.summary();
        }
        done.facts.forEach(this::effect);
        for (int i = 0; i < done.decided.size(); i++) {
            answer(done.decided.get(i), done.answers.get(i));
        }
        if (state.isEnded()) {
            gone = true;
            setDown();
            observer.ended(this, state);
        } else if (done.append.release()) {
            gone = true;
            setDown();
            observer.released(this, summary);
        }
    }

    /** The append was refused: what it assumed is not so. The run is read again, and its commands decided again. */
    private void reload(InFlight refused) {
        try {
            Journal.Replayed replayed = context.journal().replay(id, summary.definitionHash());
            List<Mail> unread = context.store().backend().mail(context.store().lease());
            state = replayed.state();
            lastSequence = replayed.lastSequence();
            for (Message.Tell tell : refused.decided) {
                commands.add(tell);
                if (tell.attempt() != null) { // it has ended: it is decided again, not issued again
                    attempts.put(tell.attempt().spec().cell(), tell.attempt());
                }
            }
            inbox.forget(refused.append.consumed());
            for (Mail message : unread) {
                if (message.run().equals(id)) {
                    deliver(message);
                }
            }
            reissue();
            schedule();
        } catch (StateUnavailableException e) { // still this node's run: once more, soon
            appending = refused;
            Writer.Settlement again = new Writer.Settlement(AppendOutcome.CONFLICT, null);
            context.scheduler().schedule(RELOAD_PAUSE, () -> tell(new Message.Settled(again)));
        } catch (NodeFencedException e) {
            leave("the run is not this node's any more");
        } catch (RuntimeException e) {
            LOG.error("Run {} could not be read again and is set down", id, e);
            leave(e.toString());
        }
    }

    private void leave(String why) {
        if (!gone) {
            gone = true;
            setDown();
            observer.lost(this, why);
        }
    }

    private void setDown() {
        attempts.values().forEach(Attempt::cancel);
        attempts.clear();
        if (deadlineTimer != null) {
            deadlineTimer.cancel();
            deadlineTimer = null;
        }
    }

    /** Ends all work for the run at once; what is not durable is forgotten. */
    void abandon(String why) {
        tell(new Message.Look(s -> leave(why)));
    }

    // -- effects: idempotent, and derivable from the state
    // ----------------------------------------------------------

    private void effect(Fact fact) {
        if (fact instanceof Fact.AttemptScheduled f) {
            issue(state.graph().step(f.step()), f.item());
        } else if (fact instanceof Fact.AttemptStarted f) {
            Attempt attempt =
                    attempts.get(new CellId(state.graph().step(f.step()).index(), f.item()));
            if (attempt != null) {
                attempt.proceed();
            }
        } else if (fact instanceof Fact.StepWaiting f) {
            if (context.registry().newest(f.subject()) != null) {
                tell(Message.Tell.of(new Command.OfferTask(f.subject())));
            }
        } else if (fact instanceof Fact.RunPaused || fact instanceof Fact.RunQuarantined) {
            attempts.values().removeIf(Attempt::withdraw);
        } else if (fact instanceof Fact.StepReady
                || fact instanceof Fact.RunResumed
                || fact instanceof Fact.RunRecovered) {
            reissue();
        }
    }

    private void reissue() {
        if (gone || state.isEnded() || state.isPaused() || state.isQuarantined()) {
            return;
        }
        for (CellId cell : state.pending()) {
            issue(state.graph().steps().get(cell.step()), cell.item());
        }
        watchDeadline();
    }

    private void watchDeadline() {
        if (deadlineTimer != null) {
            deadlineTimer.cancel();
            deadlineTimer = null;
        }
        if (state.deadline() != null) {
            Duration rest = Duration.between(context.clock().now(), state.deadline());
            deadlineTimer =
                    context.scheduler()
                            .schedule(
                                    rest.isNegative() ? Duration.ZERO : rest,
                                    () -> tell(Message.Tell.of(new Command.ReachDeadline())));
        }
    }

    private void issue(Step step, int item) {
        CellId cell = new CellId(step.index(), item);
        StepState stepState = state.step(step.index());
        Cell current = stepState.cell(item);
        Attempt old = attempts.get(cell);
        boolean held = state.isEnded() || state.isPaused() || state.isQuarantined();
        boolean over = current.stage() != Cell.Stage.SCHEDULED || stepState.waitCode() != null;
        if (held || over || (old != null && old.spec().number() == current.attempt())) {
            return;
        }
        Object value = item == Fact.NO_ITEM ? null : stepState.item(item);
        AttemptSpec spec =
                new AttemptSpec(
                        id,
                        step,
                        cell,
                        current.attempt(),
                        current.notBefore(),
                        current.needsStart(),
                        state.created().priority(),
                        Decider.scope(state, value, item != Fact.NO_ITEM));
        if (old != null) {
            old.cancel();
        }
        attempts.put(cell, context.attempts().issue(spec, this));
    }

    /** What attempts in progress say of themselves, by step. */
    Map<String, String> messages() {
        Map<String, String> messages = new HashMap<>();
        attempts.values()
                .forEach(
                        attempt -> {
                            if (attempt.message() != null) {
                                messages.put(attempt.spec().step().name(), attempt.message());
                            }
                        });
        return messages;
    }
}
