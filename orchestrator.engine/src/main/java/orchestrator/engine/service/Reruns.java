package orchestrator.engine.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunHandle;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.Rerun;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;
import orchestrator.engine.runtime.Engine;

/** Starts runs that go on where others failed. */
final class Reruns {
    private final StoredRuns runs;
    private final Starts starts;

    Reruns(Engine engine, Starts starts) {
        this.runs = new StoredRuns(engine);
        this.starts = starts;
    }

    RunHandle retry(String run, RetryOptions options) {
        RunState failed = runs.state(run);
        Rerun rerun = new Rerun(failed);
        String refusal = rerun.refusal();
        if (refusal != null) {
            throw new RefusedException("not-failed", "Run %s: %s".formatted(run, refusal));
        }
        Map<String, Object> input = new LinkedHashMap<>(failed.inputValue());
        input.putAll(options.input());
        Fact.Origin origin =
                new Fact.Origin(run, failed.terms().keysOf(run), changes(failed, rerun, options));
        return starts.startAgain(
                failed.graph(), input, rerun.timeout(), failed.created(), origin, rerun.kept());
    }

    /** What was changed for the failed run, and what is changed now. */
    private static Map<String, Payload> changes(
            RunState failed, Rerun rerun, RetryOptions options) {
        Map<String, Payload> all = new LinkedHashMap<>();
        if (failed.created().origin() != null) {
            all.putAll(failed.created().origin().inputs());
        }
        options.stepInputs()
                .forEach(
                        (step, changes) -> {
                            check(failed, rerun, step);
                            Map<String, Object> sum = new LinkedHashMap<>();
                            if (all.get(step) != null) {
                                ((Map<?, ?>) all.get(step).value())
                                        .forEach((key, value) -> sum.put((String) key, value));
                            }
                            sum.putAll(changes);
                            all.put(step, payload(step, sum));
                        });
        return all;
    }

    private static void check(RunState failed, Rerun rerun, String step) {
        if (failed.graph().step(step) == null) {
            throw new RefusedException(
                    "input",
                    "Expected one of the steps %s, but found '%s'"
                            .formatted(
                                    failed.graph().steps().stream()
                                            .map(Step::name)
                                            .collect(Collectors.joining(", ")),
                                    step));
        }
        if (!rerun.isAgain(step)) {
            throw new RefusedException(
                    "input",
                    "Expected a step that is tried again, but '%s' has finished and its result is kept"
                            .formatted(step));
        }
    }

    private static Payload payload(String step, Map<String, Object> tree) {
        try {
            return Payload.ofTree(Json.freeze(tree));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("input", "step '%s': %s".formatted(step, e.getMessage()));
        }
    }
}
