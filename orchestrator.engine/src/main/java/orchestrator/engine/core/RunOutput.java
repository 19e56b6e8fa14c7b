package orchestrator.engine.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/**
 * What a run gives: what its workflow says under {@code output}, or the output of the step that nothing comes after, or
 * of several such steps by name.
 */
final class RunOutput {
    private RunOutput() {}

    /**
     * What is to be recorded with the completion of a run: nothing if it is a step's output, or if nobody takes it.
     *
     * @return null if nothing is to be recorded
     * @throws ExpressionException if the output has no value, or is too large
     */
    static Payload toRecord(RunState run) {
        if (run.graph().output() != null) {
            return write(run.graph().output().evaluate(new RunScope(run, null, null, false)));
        }
        boolean taken = run.created().parent() != null && !isOfOneStep(run);
        return taken ? write(byDefault(run)) : null;
    }

    /** What a completed run gives. */
    static Payload of(RunState run) {
        if (run.output != null) {
            return run.output;
        }
        if (!isOfOneStep(run)) {
            return Payload.ofTree(byDefault(run));
        }
        StepState last = run.step(run.graph().last().get(0).index());
        return last.output == null ? Payload.ofTree(byDefault(run)) : last.output;
    }

    private static boolean isOfOneStep(RunState run) {
        List<Step> last = run.graph().last();
        return last.size() == 1 && !last.get(0).isFanOut();
    }

    private static Object byDefault(RunState run) {
        List<Step> last = run.graph().last();
        if (last.size() == 1) {
            return run.outputs().seen(last.get(0).name());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        last.forEach(step -> all.put(step.name(), run.outputs().seen(step.name())));
        return all;
    }

    private static Payload write(Object value) {
        try {
            return value == null ? Payload.NULL : Payload.of(Json.write(value, Limits.MAX_PAYLOAD));
        } catch (IllegalArgumentException e) {
            throw new ExpressionException("The output of the run: " + e.getMessage());
        }
    }
}
