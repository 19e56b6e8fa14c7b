package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/**
 * What a run keeps of another that failed. A step's result is kept if the step has completed with all its items, and so has
 * everything that it comes after; of a {@code forEach} that has not, the items that have.
 */
public final class Rerun {
    private final RunState run;
    private final boolean[] settled; // nothing before the step, nor itself, is done again

    /** Of a run. */
    public Rerun(RunState run) {
        this.run = run;
        this.settled = new boolean[run.steps().length];
        for (StepState step : run.steps()) { // each after those that it comes after
            settled[step.step.index()] = isSettled(step.status, step) && allSettled(step);
        }
    }

    /** Why it cannot be run again, or null if it can. */
    public String refusal() {
        if (!run.isEnded()) {
            return "Expected a run that has ended, but this one goes on";
        }
        if (run.created().parent() != null) {
            return "Expected a run that no other run started, but this one is step '%s' of run %s: retry that one"
                    .formatted(run.created().parent().step(), run.created().parent().run());
        }
        boolean failed = run.end() != RunStatus.COMPLETED;
        for (StepState step : run.steps()) {
            failed |= step.itemsFailed > 0 || step.status == StepStatus.FAILED;
        }
        return failed ? null : "Expected a run that has failed, but this one has completed";
    }

    /** How long the new run may take, or null: what the start of the other said counts again. */
    public Duration timeout() {
        if (run.terms.migration() != null) {
            return run.graph().timeout();
        }
        Instant deadline = run.created().deadline();
        return deadline == null ? null : Duration.between(run.createdAt, deadline);
    }

    /** Whether a step is tried again. */
    public boolean isAgain(String step) {
        return !settled[run.step(step).step.index()];
    }

    private static boolean isSettled(StepStatus status, StepState step) {
        return status == StepStatus.SKIPPED
                || (status == StepStatus.COMPLETED && step.itemsFailed == 0);
    }

    private boolean allSettled(StepState step) {
        for (int before : step.step.after()) {
            if (!settled[before]) {
                return false;
            }
        }
        return true;
    }

    /** The entries of the new run that follow its first. */
    public List<Fact> kept() {
        List<Fact> facts = new ArrayList<>();
        for (StepState step : run.steps()) {
            Step definition = step.step;
            if (definition.isAside()) {
                continue; // what the end of a run led to is not part of the next
            }
            boolean whole = settled[definition.index()] && step.status == StepStatus.COMPLETED;
            boolean undone = step.status == StepStatus.COMPENSATED;
            if (definition.isFanOut() && step.items != null && !undone && allSettled(step)) {
                keepItems(step, facts);
                if (whole) {
                    facts.add(new Fact.FanOutCompleted(definition.name()));
                }
            } else if (whole && !definition.isFanOut()) {
                facts.add(new Fact.ResultKept(definition.name(), Fact.NO_ITEM, step.output));
            }
        }
        return facts;
    }

    private static void keepItems(StepState step, List<Fact> facts) {
        String name = step.step.name();
        facts.add(new Fact.FanOutKept(name, Payload.of(Json.write(step.itemValues))));
        for (int item = 0; item < step.items.length; item++) {
            Cell cell = step.items[item];
            if (cell.stage == Cell.Stage.DONE) {
                facts.add(new Fact.ResultKept(name, item, cell.output));
            }
        }
    }
}
