package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.engine.attempt.Attempt;
import orchestrator.engine.attempt.AttemptOwner;
import orchestrator.engine.attempt.AttemptSpec;
import orchestrator.engine.core.Cell;
import orchestrator.engine.core.CellId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.graph.Step;
import orchestrator.engine.time.Scheduler;

/**
 * The attempts of an active run, and the timer of its deadline: the effects of facts that are durable. All of them can
 * be derived from the run's state, and carrying one out twice is carrying it out once. Attempts report from any
 * thread; all else is called on the run's.
 */
final class RunAttempts implements AttemptOwner {
    private final String run;
    private final RunContext context;
    private final Consumer<Message> mailbox;
    private final Map<CellId, Attempt> attempts = new HashMap<>();
    private final long incarnation;
    private Scheduler.Timer deadlineTimer;
    private boolean closed;

    RunAttempts(String run, RunContext context, Consumer<Message> mailbox) {
        this.run = run;
        this.context = context;
        this.mailbox = mailbox;
        this.incarnation = context.store().incarnation();
    }

    /** Not once the lease has run out: another node may drive the run by now. */
    @Override
    public boolean mayBegin() {
        return context.store().holds(incarnation, context.clock().now());
    }

    @Override
    public void ended(Attempt attempt, Command command) {
        mailbox.accept(new Message.Tell(command, attempt, null, null));
    }

    @Override
    public void wantsStart(Attempt attempt) {
        AttemptSpec spec = attempt.spec();
        mailbox.accept(
                Message.Tell.of(
                        new Command.StartAttempt(
                                spec.step().name(), spec.cell().item(), spec.number())));
    }

    @Override
    public void missesTask(Attempt attempt) {
        mailbox.accept(
                new Message.Tell(
                        new Command.MissTask(attempt.spec().step().name()), attempt, null, null));
    }

    /** What follows a fact that is durable. */
    void follow(Fact fact, RunState state) {
        if (closed) {
            return;
        }
        if (fact instanceof Fact.AttemptScheduled f) {
            Step step = state.graph().step(f.step());
            if (!step.isSubWorkflow()) {
                issue(state, step, f.item());
            }
        } else if (fact instanceof Fact.AttemptStarted f) {
            Attempt attempt =
                    attempts.get(new CellId(state.graph().step(f.step()).index(), f.item()));
            if (attempt != null) {
                attempt.proceed();
            }
        } else if (fact instanceof Fact.StepWaiting f) {
            if (f.code().equals("task") && context.registry().newest(f.subject()) != null) {
                mailbox.accept(Message.Tell.of(new Command.OfferTask(f.subject())));
            }
        } else if (fact instanceof Fact.RunPaused || fact instanceof Fact.RunQuarantined) {
            attempts.values().removeIf(Attempt::withdraw);
        } else if (fact instanceof Fact.StepReady
                || fact instanceof Fact.RunResumed
                || fact instanceof Fact.RunRecovered) {
            issuePending(state);
        }
    }

    /** Issues what the state has pending and is not in progress yet. */
    void issuePending(RunState state) {
        if (closed || isHeld(state)) {
            return;
        }
        for (CellId cell : state.pending()) {
            issue(state, state.graph().steps().get(cell.step()), cell.item());
        }
        watchDeadline(state);
    }

    private static boolean isHeld(RunState state) {
        return state.isEnded() || state.isPaused() || state.isQuarantined();
    }

    private void issue(RunState state, Step step, int item) {
        CellId cell = new CellId(step.index(), item);
        StepState stepState = state.step(step.index());
        Cell current = stepState.cell(item);
        Attempt old = attempts.get(cell);
        boolean over = current.stage() != Cell.Stage.SCHEDULED || stepState.waitCode() != null;
        if (isHeld(state) || over || (old != null && old.spec().number() == current.attempt())) {
            return;
        }
        Object value = item == Fact.NO_ITEM ? null : stepState.item(item);
        AttemptSpec spec =
                new AttemptSpec(
                        run,
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

    private void watchDeadline(RunState state) {
        forgetDeadline();
        if (state.deadline() != null) {
            Duration rest = Duration.between(context.clock().now(), state.deadline());
            deadlineTimer =
                    context.scheduler()
                            .schedule(
                                    rest.isNegative() ? Duration.ZERO : rest,
                                    () ->
                                            mailbox.accept(
                                                    Message.Tell.of(new Command.ReachDeadline())));
        }
    }

    private void forgetDeadline() {
        if (deadlineTimer != null) {
            deadlineTimer.cancel();
            deadlineTimer = null;
        }
    }

    /** What the attempt had to say is being decided. */
    void remove(Attempt attempt) {
        attempts.remove(attempt.spec().cell(), attempt);
    }

    /** An attempt that has ended and is not decided yet after all: it is not to be issued again. */
    void putBack(Attempt attempt) {
        attempts.put(attempt.spec().cell(), attempt);
    }

    /** Whether no attempt is in progress. */
    boolean isIdle() {
        return attempts.isEmpty();
    }

    /** Takes back all attempts, unless one is in its body: then the others keep their timers. */
    boolean withdrawAll() {
        if (attempts.values().stream().anyMatch(Attempt::isInBody)) {
            return false;
        }
        attempts.values().removeIf(Attempt::withdraw);
        return attempts.isEmpty();
    }

    /** Cancels all attempts; nothing is issued from now on. */
    void close() {
        closed = true;
        attempts.values().forEach(Attempt::cancel);
        attempts.clear();
        forgetDeadline();
    }

    /** What attempts in progress say of themselves, by step. */
    Map<String, String> messages() {
        Map<String, String> messages = new HashMap<>();
        for (Attempt attempt : attempts.values()) {
            if (attempt.message() != null) {
                messages.put(attempt.spec().step().name(), attempt.message());
            }
        }
        return messages;
    }
}
