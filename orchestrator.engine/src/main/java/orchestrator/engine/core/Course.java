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

/** How a run goes on: which steps begin, which items, which attempts, and when it is done. For one batch of commands. */
final class Course {
    /** The most items of one fan-out. */
    static final int MAX_ITEMS = 100_000;

    final RunState run;
    final Instant now;
    private final Retry defaultRetry;
    private final DoubleSupplier random;
    private final List<Fact> facts = new ArrayList<>();
    private final Deque<StepState> ready = new ArrayDeque<>();
    private final WaitRules waits = new WaitRules(this);

    Course(RunState run, Instant now, Retry defaultRetry, DoubleSupplier random) {
        this.run = run;
        this.now = now;
        this.defaultRetry = defaultRetry;
        this.random = random;
    }

    /** What was decided so far, in order; already applied. */
    List<Fact> facts() {
        return facts;
    }

    void record(Fact fact) {
        run.apply(fact, now);
        facts.add(fact);
    }

    /** Schedules all that could go on: at the start, after a pause, and after a take-over. */
    void advance() {
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
        if (step.step.isWait()) {
            waits.goOn(step);
        } else if (step.step.isFanOut()) {
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

    /** The rules of steps that wait. */
    WaitRules waits() {
        return waits;
    }

    void beginReady() {
        while (!ready.isEmpty()) {
            begin(ready.remove());
        }
    }

    private void begin(StepState step) {
        if (run.isHeld() || step.status != StepStatus.PENDING) {
            return;
        }
        Duration timeout = step.step.timeouts().step();
        if (timeout != null) {
            record(new Fact.StepTimed(step.step.name(), now.plus(timeout)));
        }
        if (step.step.isWait()) {
            waits.begin(step);
            return;
        } else if (!step.step.isFanOut()) {
            record(new Fact.AttemptScheduled(step.step.name(), Fact.NO_ITEM, 1, null));
            return;
        }
        if (step.items != null) { // kept
            fill(step);
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
    void fill(StepState step) {
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

    void stepDone(StepState step) {
        for (int next : step.step.before()) {
            StepState after = run.step(next);
            if (after.open == 0) {
                ready.add(after);
            }
        }
        endIfDone();
    }

    private void endIfDone() {
        if (run.openSteps > 0 || run.isEnded()) {
            return;
        }
        Payload output;
        try {
            output = RunOutput.toRecord(run);
        } catch (ExpressionException e) {
            record(new Fact.RunFailed("output", Limits.error(e.getMessage())));
            return;
        }
        record(new Fact.RunCompleted(output));
    }

    void failStep(StepState step, String code, String message) {
        String text = Limits.error(message);
        record(new Fact.StepFailed(step.step.name(), code, text));
        record(
                new Fact.RunFailed(
                        code, Limits.error("step '%s': %s".formatted(step.step.name(), text))));
    }

    void scheduleNext(StepState step, int item) {
        Cell cell = step.cell(item);
        Instant notBefore = null;
        if (cell.failures > 0) {
            Duration delay = retry(step).delayAfter(cell.failures, random.getAsDouble());
            notBefore = delay.isZero() ? null : now.plus(delay);
        }
        record(new Fact.AttemptScheduled(step.step.name(), item, cell.attempt + 1, notBefore));
    }

    Retry retry(StepState step) {
        return step.step.retry() == null ? defaultRetry : step.step.retry();
    }
}
