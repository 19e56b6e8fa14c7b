package orchestrator.engine.runtime;

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

/**
 * The attempts of an active run: effects of facts that are durable. All of them can be derived from the run's state, and
 * carrying one out twice is carrying it out once. Attempts report from any thread; all else is called on the run's.
 */
final class RunAttempts implements AttemptOwner {
    private final String run;
    private final RunContext context;
    private final Consumer<Message> mailbox;
    private final Map<Place, Attempt> attempts = new HashMap<>();
    private final long incarnation;
    private boolean closed;

    /** The piece of work of an attempt: by name, since places change when a run is migrated. */
    private record Place(String step, int item) {
        static Place of(Attempt attempt) {
            return new Place(attempt.spec().step().name(), attempt.spec().cell().item());
        }
    }

    RunAttempts(String run, RunContext context, Consumer<Message> mailbox) {
        this.run = run;
        this.context = context;
        this.mailbox = mailbox;
        this.incarnation = context.store().incarnation();
    }

    /** Not once the lease has run out: another node may drive the run by now. */
    @Override
    public boolean mayBegin() {
        return context.store().holds(incarnation, context.clock().nanoTime());
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
            if (step != null && !step.isSubWorkflow()) {
                issue(state, step, f.item());
            }
        } else if (fact instanceof Fact.AttemptStarted f) {
            Attempt attempt = attempts.get(new Place(f.step(), f.item()));
            if (attempt != null) {
                attempt.proceed();
            }
        } else if (fact instanceof Fact.RunMigrated) {
            attempts.values().removeIf(attempt -> dropUnlessCurrent(attempt, state));
        } else if (fact instanceof Fact.StepWaiting f) {
            if (f.code().equals("task")
                    && context.subRuns().offers().has(Offers.task(f.subject()))) {
                mailbox.accept(Message.Tell.of(new Command.OfferTask(f.subject())));
            }
        } else if (fact instanceof Fact.StepFailed
                || fact instanceof Fact.RunFailing
                || fact instanceof Fact.RunCancelling) {
            cancelGivenUp(state);
        } else if (fact instanceof Fact.RunPaused || fact instanceof Fact.RunQuarantined) {
            attempts.values().removeIf(Attempt::withdraw);
        } else if (fact instanceof Fact.StepReady
                || fact instanceof Fact.RunResumed
                || fact instanceof Fact.RunRecovered) {
            issuePending(state);
        }
    }

    /** Ends the attempts of what the run has given up while it goes on. */
    private void cancelGivenUp(RunState state) {
        attempts.values()
                .removeIf(
                        attempt -> {
                            Step step = state.graph().step(attempt.spec().step().name());
                            int item = attempt.spec().cell().item();
                            boolean over =
                                    step == null
                                            || state.step(step.index()).cell(item).stage()
                                                    != Cell.Stage.SCHEDULED;
                            if (over) {
                                attempt.cancel();
                            }
                            return over;
                        });
    }

    private static boolean dropUnlessCurrent(Attempt attempt, RunState state) {
        Place place = Place.of(attempt);
        if (state.graph().step(place.step()) != null) {
            Cell cell = state.step(place.step()).cell(place.item());
            if (cell.stage() == Cell.Stage.SCHEDULED && cell.attempt() == attempt.spec().number()) {
                return false;
            }
        }
        attempt.cancel();
        return true;
    }

    /** Issues what the state has pending and is not in progress yet. */
    void issuePending(RunState state) {
        if (closed || state.isHeld()) {
            return;
        }
        for (CellId cell : state.pending()) {
            issue(state, state.graph().steps().get(cell.step()), cell.item());
        }
    }

    private void issue(RunState state, Step step, int item) {
        CellId cell = new CellId(step.index(), item);
        StepState stepState = state.step(step.index());
        Cell current = stepState.cell(item);
        Place place = new Place(step.name(), item);
        Attempt old = attempts.get(place);
        boolean over = current.stage() != Cell.Stage.SCHEDULED || stepState.waitCode() != null;
        if (state.isHeld() || over || (old != null && old.spec().number() == current.attempt())) {
            return;
        }
        AttemptSpec spec =
                new AttemptSpec(
                        run,
                        step,
                        cell,
                        current.iteration(),
                        current.attempt(),
                        current.notBefore(),
                        current.needsStart(),
                        state.created().priority(),
                        Decider.scope(state, stepState, item),
                        state.terms().input(step),
                        state.terms().keysOf(run));
        if (old != null) {
            old.cancel();
        }
        attempts.put(place, context.attempts().issue(spec, this));
    }

    /** What the attempt had to say is being decided. */
    void remove(Attempt attempt) {
        attempts.remove(Place.of(attempt), attempt);
    }

    /** An attempt that has ended and is not decided yet after all: it is not to be issued again. */
    void putBack(Attempt attempt) {
        attempts.put(Place.of(attempt), attempt);
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
    }

    /** How many attempts are in their bodies, by step. */
    Map<String, Integer> bodies() {
        Map<String, Integer> bodies = new HashMap<>();
        for (Attempt attempt : attempts.values()) {
            if (attempt.isInBody()) {
                bodies.merge(attempt.spec().step().name(), 1, Integer::sum);
            }
        }
        return bodies;
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
