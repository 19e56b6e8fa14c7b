package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.StepStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Cell;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Payload;

/** Everything about a run, copied from its state. */
public final class RunDetailsView extends RunInfoView implements RunDetails {
    private final List<StepInfo> steps;
    private final Payload input;
    private final Map<String, Supplier<Object>> outputs; // read from JSON only if asked for
    private final Supplier<Object> output;
    private final String message;
    private final List<String> complaints;

    private RunDetailsView(
            RunSummary summary,
            List<StepInfo> steps,
            Payload input,
            Map<String, Supplier<Object>> outputs,
            Supplier<Object> output,
            String message,
            List<String> complaints) {
        super(summary);
        this.steps = List.copyOf(steps);
        this.input = input;
        this.outputs = outputs;
        this.output = output;
        this.message = message;
        this.complaints = complaints;
    }

    /**
     * Copies a state; on its run's thread.
     *
     * @param messages what attempts in progress say of themselves, by step
     */
    public static RunDetails of(
            String id, RunState state, Instant now, Map<String, String> messages) {
        List<StepInfo> steps = new ArrayList<>();
        Map<String, Supplier<Object>> outputs = new LinkedHashMap<>();
        for (int i = 0; i < state.graph().steps().size(); i++) {
            StepState step = state.step(i);
            if (step.step().isAside() && step.attempts() == 0) {
                continue; // it has not come to it
            }
            String name = step.step().name();
            steps.add(StepInfoView.of(step, messages.get(name)));
            outputs.put(name, output(state, step));
        }
        return new RunDetailsView(
                Summaries.of(id, state, now),
                steps,
                state.terms().input(),
                outputs,
                output(state),
                state.notes().message(),
                List.of());
    }

    /** A run that is closed does not change any more: what it gives can be put together when it is asked for. */
    private static Supplier<Object> output(RunState state) {
        return state.isClosed() && state.end() == RunStatus.COMPLETED
                ? () -> state.output().value()
                : () -> null;
    }

    private static Supplier<Object> output(RunState state, StepState step) {
        Payload output = step.output();
        if (output == null) {
            return () -> null;
        }
        return step.step().isFanOut() ? () -> state.outputValue(step.step().name()) : output::value;
    }

    /** The same, with a reason that tells more. */
    RunDetails because(Reason reason) {
        return new RunDetailsView(with(reason), steps, input, outputs, output, message, complaints);
    }

    /** The same, with what its tasks do here that they should not. */
    RunDetails complaining(List<String> all) {
        return new RunDetailsView(summary(), steps, input, outputs, output, message, all);
    }

    @Override
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    @Override
    public List<StepInfo> steps() {
        return steps;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> input() {
        return (Map<String, Object>) input.value();
    }

    @Override
    public Optional<Object> output() {
        return Optional.ofNullable(output.get());
    }

    @Override
    public Optional<Object> output(String step) {
        Supplier<Object> output = outputs.get(step);
        if (output == null) {
            throw new IllegalArgumentException(
                    "Expected one of the steps %s, but found '%s'"
                            .formatted(String.join(", ", outputs.keySet()), step));
        }
        return Optional.ofNullable(output.get());
    }

    private record StepInfoView(
            String name,
            String task,
            StepStatus status,
            Optional<Reason> reason,
            int attempts,
            Optional<Integer> items,
            int itemsCompleted,
            int itemsFailed,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> error,
            Optional<String> message)
            implements StepInfo {

        static StepInfo of(StepState step, String message) {
            Reason reason = null;
            if (step.waitCode() != null) {
                reason =
                        new Reason(
                                step.waitCode(),
                                step.waitText(),
                                step.waitSince(),
                                step.waitUntil());
            } else if (step.skipped() != null) {
                reason = skipped(step);
            } else if (repeatsLater(step)) {
                reason =
                        new Reason(
                                "repeat",
                                "iteration " + (step.cell(Fact.NO_ITEM).iteration() + 1),
                                step.started(),
                                step.cell(Fact.NO_ITEM).notBefore());
            } else if (step.status() == StepStatus.RETRYING) {
                reason =
                        new Reason(
                                "retry",
                                "attempt " + step.cell(Fact.NO_ITEM).attempt(),
                                step.started(),
                                step.cell(Fact.NO_ITEM).notBefore());
            }
            return of(step, message, reason);
        }

        private static boolean repeatsLater(StepState step) {
            Cell cell = step.cell(Fact.NO_ITEM);
            return cell.iteration() > 0 && cell.failures() == 0 && cell.notBefore() != null;
        }

        private static Reason skipped(StepState step) {
            boolean byCondition = step.skipped().equals(Fact.StepSkipped.BY_CONDITION);
            return new Reason(
                    step.skipped(),
                    byCondition ? step.step().rules().condition() : "",
                    step.ended(),
                    null);
        }

        private static StepInfo of(StepState step, String message, Reason reason) {
            return new StepInfoView(
                    step.step().name(),
                    step.step().shownWork(),
                    step.status(),
                    Optional.ofNullable(reason),
                    step.attempts(),
                    step.itemCount() < 0 ? Optional.empty() : Optional.of(step.itemCount()),
                    step.itemsCompleted(),
                    step.itemsFailed(),
                    Optional.ofNullable(step.started()),
                    Optional.ofNullable(step.ended()),
                    Optional.ofNullable(step.error()),
                    Optional.ofNullable(message));
        }
    }
}
