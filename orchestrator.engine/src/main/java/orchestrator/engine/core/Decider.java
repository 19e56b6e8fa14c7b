package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Scope;

/**
 * Decides what follows from commands. Pure: time and randomness come in; each fact is applied as soon as it is decided,
 * so that a cascade sees its own effects. For one batch of commands.
 */
public final class Decider {
    /** The most items of one fan-out. */
    public static final int MAX_ITEMS = 100_000;

    private static final int MAX_STARTED_LOSSES = 3;

    private final RunState run;
    private final Instant now;
    private final Retry defaultRetry;
    private final DoubleSupplier random;
    private final List<Fact> facts = new ArrayList<>();
    private final Deque<StepState> ready = new ArrayDeque<>();

    /** A decider for the commands of one moment. */
    public Decider(RunState run, Instant now, Retry defaultRetry, DoubleSupplier random) {
        this.run = run;
        this.now = now;
        this.defaultRetry = defaultRetry;
        this.random = random;
    }

    /** What was decided so far, in order; already applied. */
    public List<Fact> facts() {
        return facts;
    }

    /** Decides on the first entry of a new run. */
    public void create(Fact.RunCreated created) {
        record(created);
    }

    /**
     * Decides on a command.
     *
     * @return null if it was taken, or why it was refused
     */
    public String decide(Command command) {
        if (run.isEnded()) {
            return "Expected a run that goes on, but it has ended as " + run.end;
        }
        String refused = dispatch(command);
        beginReady();
        if (refused != null) {
            record(new Fact.CommandRefused(command.getClass().getSimpleName(), refused));
        }
        return refused;
    }

    private String dispatch(Command command) {
        if (command instanceof Command.CompleteAttempt c) {
            complete(c);
        } else if (command instanceof Command.FailAttempt c) {
            fail(c);
        } else if (command instanceof Command.HandBackAttempt c) {
            handBack(c);
        } else if (command instanceof Command.StartAttempt c) {
            start(c);
        } else if (command instanceof Command.MissTask c) {
            missTask(run.step(c.step()));
        } else if (command instanceof Command.OfferTask c) {
            offerTask(c.task());
        } else if (command instanceof Command.Begin) {
            advance();
        } else if (command instanceof Command.Recover c) {
            recover(c);
        } else if (command instanceof Command.Quarantine c) {
            record(new Fact.RunQuarantined(c.code(), c.message()));
        } else if (command instanceof Command.Fail c) {
            record(new Fact.RunFailed(c.code(), c.message()));
        } else if (command instanceof Command.ReachDeadline) {
            reachDeadline();
        } else if (command instanceof Command.Cancel c) {
            record(new Fact.RunCancelled(c.reason()));
        } else if (command instanceof Command.Pause) {
            return pause();
        } else if (command instanceof Command.Resume) {
            return resume();
        } else if (command instanceof Command.Unreadable c) {
            return c.why();
        }
        return null;
    }

    private void complete(Command.CompleteAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step == null) {
            return;
        }
        record(
                new Fact.AttemptCompleted(
                        c.step(), c.item(), c.attempt(), c.taskVersion(), c.output()));
        if (c.item() == Fact.NO_ITEM) {
            stepDone(step);
        } else {
            fill(step);
        }
    }

    private void fail(Command.FailAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step == null) {
            return;
        }
        record(
                new Fact.AttemptFailed(
                        c.step(),
                        c.item(),
                        c.attempt(),
                        c.taskVersion(),
                        c.code(),
                        c.message(),
                        c.retryable()));
        Cell cell = step.cell(c.item());
        Retry retry = retry(step);
        if (c.retryable() && cell.failures < retry.attempts()) {
            if (!run.isHeld()) {
                scheduleNext(step, c.item());
            }
        } else if (c.item() != Fact.NO_ITEM && step.step.goesOn()) {
            record(new Fact.ItemFailed(c.step(), c.item(), c.code(), c.message()));
            fill(step);
        } else {
            failStep(step, c.code(), itemText(c.item()) + c.message());
        }
    }

    private static String itemText(int item) {
        return item == Fact.NO_ITEM ? "" : "item " + item + ": ";
    }

    private void handBack(Command.HandBackAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step != null) {
            record(new Fact.AttemptHandedBack(c.step(), c.item(), c.attempt(), c.why()));
            if (!run.isHeld()) {
                scheduleNext(step, c.item());
            }
        }
    }

    private void start(Command.StartAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step != null && !run.isHeld()) {
            record(new Fact.AttemptStarted(c.step(), c.item(), c.attempt()));
        }
    }

    private void missTask(StepState step) {
        boolean active = step.status == StepStatus.RUNNING || step.status == StepStatus.RETRYING;
        if (active && !run.isHeld()) {
            record(new Fact.StepWaiting(step.step.name(), "task", step.step.task()));
        }
    }

    private void offerTask(String task) {
        for (StepState step : run.steps()) {
            if (step.isWaiting() && step.step.task().equals(task)) {
                record(new Fact.StepReady(step.step.name()));
            }
        }
    }

    private void recover(Command.Recover c) {
        record(new Fact.RunRecovered(c.node(), c.epoch()));
        for (CellId id : run.pending()) {
            StepState step = run.step(id.step());
            if (step.cell(id.item()).startedLosses >= MAX_STARTED_LOSSES) {
                record(
                        new Fact.RunQuarantined(
                                "lost-attempts",
                                "step '%s' %swas in progress each of the %d times that its node was lost"
                                        .formatted(
                                                step.step.name(),
                                                itemText(id.item()),
                                                MAX_STARTED_LOSSES)));
                return;
            }
        }
        advance();
    }

    private void reachDeadline() {
        if (!run.paused && run.deadline != null && !run.deadline.isAfter(now)) {
            record(
                    new Fact.RunFailed(
                            "timeout",
                            "Expected the run to end by %s, but it was still going on"
                                    .formatted(run.deadline)));
        }
    }

    private String pause() {
        if (run.paused) {
            return "Expected a run that is not paused, but it is";
        }
        record(new Fact.RunPaused());
        return null;
    }

    private String resume() {
        if (!run.paused && run.quarantine == null) {
            return "Expected a run that is paused or quarantined, but it is not";
        }
        long shift = run.paused ? Duration.between(run.pausedAt, now).toMillis() : 0;
        record(new Fact.RunResumed(Math.max(0, shift)));
        advance();
        return null;
    }

    /** Schedules all that could go on: at the start, after a pause, and after a take-over. */
    private void advance() {
        for (StepState step : run.steps()) {
            if (run.isHeld()) {
                return;
            }
            if (step.status == StepStatus.PENDING && step.open == 0) {
                ready.add(step);
            } else if (step.status != StepStatus.PENDING && !step.status.isFinal()) {
                goOn(step);
            }
        }
        beginReady();
        endIfDone();
    }

    private void goOn(StepState step) {
        if (step.step.isFanOut()) {
            for (int item = 0; item < step.next; item++) {
                if (step.items[item].stage == Cell.Stage.IDLE) {
                    scheduleNext(step, item);
                }
            }
            fill(step);
        } else if (step.cell.stage == Cell.Stage.IDLE) {
            scheduleNext(step, Fact.NO_ITEM);
        }
    }

    private void beginReady() {
        while (!ready.isEmpty()) {
            begin(ready.remove());
        }
    }

    private void begin(StepState step) {
        if (run.isHeld() || step.status != StepStatus.PENDING) {
            return;
        }
        if (!step.step.isFanOut()) {
            record(new Fact.AttemptScheduled(step.step.name(), Fact.NO_ITEM, 1, null));
            return;
        }
        try {
            record(new Fact.FanOutOpened(step.step.name(), items(step)));
        } catch (ExpressionException e) {
            failStep(step, "expression", e.getMessage());
            return;
        }
        fill(step);
    }

    private Payload items(StepState step) {
        Object value = step.step.forEach().evaluate(new RunScope(run, null, false));
        if (!(value instanceof List<?> list)) {
            throw new ExpressionException(
                    "Expected forEach to give a list, but found "
                            + (value == null ? "nothing" : value.getClass().getSimpleName()));
        }
        if (list.size() > MAX_ITEMS) {
            throw new ExpressionException(
                    "Expected at most %,d items, but found %,d".formatted(MAX_ITEMS, list.size()));
        }
        Payload items = Payload.of(Json.write(list));
        if (items.size() > Limits.MAX_PAYLOAD) {
            throw new ExpressionException(
                    "Expected items of at most %,d bytes, but found %,d"
                            .formatted(Limits.MAX_PAYLOAD, items.size()));
        }
        return items;
    }

    /** Schedules items up to the step's concurrency, and ends the step after the last. */
    private void fill(StepState step) {
        while (!run.isHeld()
                && !step.status.isFinal()
                && step.next < step.items.length
                && step.inFlight < step.step.concurrency()) {
            record(new Fact.AttemptScheduled(step.step.name(), step.next, 1, null));
        }
        if (!step.status.isFinal() && step.itemsDone()) {
            record(new Fact.FanOutCompleted(step.step.name()));
            stepDone(step);
        }
    }

    private void stepDone(StepState step) {
        for (int next : step.step.before()) {
            StepState after = run.step(next);
            if (after.open == 0) {
                ready.add(after);
            }
        }
        endIfDone();
    }

    private void endIfDone() {
        if (run.openSteps == 0 && !run.isEnded()) {
            record(new Fact.RunCompleted());
        }
    }

    private void failStep(StepState step, String code, String message) {
        String text = Limits.error(message);
        record(new Fact.StepFailed(step.step.name(), code, text));
        record(
                new Fact.RunFailed(
                        code, Limits.error("step '%s': %s".formatted(step.step.name(), text))));
    }

    private void scheduleNext(StepState step, int item) {
        Cell cell = step.cell(item);
        Instant notBefore = null;
        if (cell.failures > 0) {
            Duration delay = retry(step).delayAfter(cell.failures, random.getAsDouble());
            notBefore = delay.isZero() ? null : now.plus(delay);
        }
        record(new Fact.AttemptScheduled(step.step.name(), item, cell.attempt + 1, notBefore));
    }

    private Retry retry(StepState step) {
        return step.step.retry() == null ? defaultRetry : step.step.retry();
    }

    /** The step of an attempt, or null if the attempt is not the current one: its result is refused. */
    private StepState current(String name, int item, int attempt) {
        StepState step = run.step(name);
        boolean exists = item == Fact.NO_ITEM || (step.items != null && item < step.items.length);
        return exists && step.cell(item).isCurrent(attempt) ? step : null;
    }

    private void record(Fact fact) {
        run.apply(fact, now);
        facts.add(fact);
    }

    /**
     * What the expressions of an attempt can name. Reads recorded values; any thread may use it.
     *
     * @param item the item's value
     * @param hasItem whether there is an item
     */
    public static Scope scope(RunState run, Object item, boolean hasItem) {
        return new RunScope(run, item, hasItem);
    }

    private record RunScope(RunState run, Object item, boolean hasItem) implements Scope {
        @Override
        public boolean has(String name) {
            return switch (name) {
                case "input" -> true;
                case "item" -> hasItem;
                default -> run.hasOutput(name);
            };
        }

        @Override
        public Object get(String name) {
            return switch (name) {
                case "input" -> run.inputValue();
                case "item" -> item;
                default -> run.hasOutput(name) ? run.outputValue(name) : null;
            };
        }
    }
}
