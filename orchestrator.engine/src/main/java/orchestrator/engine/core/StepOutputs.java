package orchestrator.engine.core;

import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/** What the steps of a run have given. Any thread may read it, also while the definition changes on the run's thread. */
final class StepOutputs {
    private final RunState run;

    StepOutputs(RunState run) {
        this.run = run;
    }

    /** See {@link RunState#outputValue}. */
    Object value(String name) {
        StepState step = find(name);
        if (step == null || step.output == null) {
            return null;
        }
        return step.step.isFanOut() ? new FanOutList(step.items) : step.output.value();
    }

    /** What expressions see of a step: its output, or what failed; null if there is neither. */
    Object seen(String name) {
        Payload failure = run.step(name).failure;
        return failure == null ? value(name) : failure.value();
    }

    /** Whether a step had ended when another began, which may be null for one that is about to begin. */
    boolean isBefore(String name, StepState later) {
        if (later == null) {
            return true;
        }
        StepState step = find(name);
        return step != null && step.endedAs > 0 && step.endedAs <= later.begunAfter;
    }

    /** Whether a step has an output. */
    boolean has(String name) {
        StepState step = find(name);
        return step != null && step.output != null;
    }

    /** Whether there is a step of that name. */
    boolean isStep(String name) {
        return find(name) != null;
    }

    private StepState find(String name) {
        StepState[] all = run.steps();
        Step definition = run.graph().step(name);
        if (definition != null
                && definition.index() < all.length
                && all[definition.index()].step.name().equals(name)) {
            return all[definition.index()];
        }
        for (StepState step : all) {
            if (step.step.name().equals(name)) {
                return step;
            }
        }
        return null;
    }
}
