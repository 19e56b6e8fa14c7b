package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private final WaitRules waits = new WaitRules(this);
    private final EndRules ends;

    Course(RunState run, Instant now, Retry defaultRetry, DoubleSupplier random) {
        this.run = run;
        this.now = now;
        this.defaultRetry = defaultRetry;
        this.random = random;
        this.ends = new EndRules(this);
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
        List<StepState> begun = new ArrayList<>();
        for (StepState step : run.steps()) {
            if (run.isHeld()) {
                return;
            }
            if (step.status != StepStatus.PENDING && !step.status.isFinal()) {
                begun.add(step);
                goOn(step);
            }
        }
        for (StepState step : begun) { // after what was in flight: it has its place
            if (step.items != null && !step.status.isFinal()) {
                fill(step);
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
        } else if (step.cell.stage == Cell.Stage.IDLE) {
            scheduleNext(step, Fact.NO_ITEM);
        }
    }

    /** The rules of steps that wait. */
    WaitRules waits() {
        return waits;
    }

    /**
     * Lets all begin that may, or skips them, as far as the run has room. Each of them leads to a fact that takes it from
     * the queue.
     */
    void beginReady() {
        for (int place : List.copyOf(run.fanningOut)) { // what another step has left
            if (run.hasRoom() && !run.isHeld() && !run.step(place).status.isFinal()) {
                fill(run.step(place));
            }
        }
        for (StepState next = run.nextReady();
                next != null && run.hasRoom() && !run.isHeld();
                next = run.nextReady()) {
            begin(next);
        }
    }

    private void begin(StepState step) {
        try {
            String skipped = Skipping.why(run, step);
            if (skipped != null) {
                record(new Fact.StepSkipped(step.step.name(), skipped));
                stepDone(step);
                return;
            }
        } catch (ExpressionException e) {
            failStep(step, "expression", e.getMessage());
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
        Object value = step.step.forEach().evaluate(new RunScope(run, null, null, false));
        if (!(value instanceof List<?> list)) {
            throw new ExpressionException(
                    "Expected forEach to give a list, but found " + Json.kind(value));
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

    /** Schedules items up to the step's concurrency and that of the run, and ends the step after the last. */
    void fill(StepState step) {
        while (!run.isHeld()
                && !step.status.isFinal()
                && step.next < step.items.length
                && step.inFlight < step.step.concurrency()
                && run.hasRoom()) {
            record(new Fact.AttemptScheduled(step.step.name(), step.next, 1, null));
        }
        if (!step.status.isFinal() && step.itemsDone()) {
            record(new Fact.FanOutCompleted(step.step.name()));
            stepDone(step);
        }
    }

    /** A step has ended; what comes after it begins in its turn. */
    void stepDone(StepState step) {
        endIfDone();
    }

    /** The rules of runs that do not complete. */
    EndRules ends() {
        return ends;
    }

    void endIfDone() {
        if (run.openSteps > 0 || run.isEnded()) {
            return;
        }
        if (run.ending != null) {
            ends.goOn();
            return;
        }
        Payload output;
        try {
            output = RunOutput.toRecord(run);
        } catch (ExpressionException e) {
            ends.fail(null, "output", e.getMessage());
            return;
        }
        record(new Fact.RunCompleted(output));
    }

    /** A step has failed for good: its run fails, unless it goes on all the same or is about to end anyway. */
    void failStep(StepState step, String code, String message) {
        String text = Limits.error(message);
        boolean goesOn = step.step.rules().goesOn() || run.ending != null; // those beside, too
        record(new Fact.StepFailed(step.step.name(), code, text, goesOn));
        if (goesOn) {
            stepDone(step);
        } else {
            ends.fail(step.step.name(), code, "step '%s': %s".formatted(step.step.name(), text));
        }
    }

    void scheduleNext(StepState step, int item) {
        Cell cell = step.cell(item);
        Instant notBefore = null;
        if (cell.failures > 0) {
            Duration delay = retry(step).delayAfter(cell.failures, random.getAsDouble());
            notBefore = delay.isZero() ? null : now.plus(delay);
        } else if (cell.repeats && !step.step.rules().repeat().delay().isZero()) {
            notBefore = now.plus(step.step.rules().repeat().delay());
        }
        record(new Fact.AttemptScheduled(step.step.name(), item, cell.attempt + 1, notBefore));
    }

    Retry retry(StepState step) {
        return step.step.retry() == null ? defaultRetry : step.step.retry();
    }
}
