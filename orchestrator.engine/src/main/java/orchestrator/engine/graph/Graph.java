package orchestrator.engine.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.definition.WorkflowDocument;

/** A workflow, compiled: its steps in an order in which each comes after those that it comes after. Immutable. */
public final class Graph {
    private final WorkflowDocument document;
    private final List<Step> steps;
    private final Map<String, Step> byName = new HashMap<>();
    private final Duration timeout;
    private final InputSpec input;
    private final Expression output;
    private final List<Step> last;
    private final boolean hasSubWorkflows;
    private final Map<String, List<Step>> waiting = new HashMap<>(); // by signal
    private final boolean hasAlways;
    private final Step onFailure;

    Graph(
            WorkflowDocument document,
            List<Step> steps,
            Duration timeout,
            InputSpec input,
            Expression output) {
        this.document = document;
        this.steps = List.copyOf(steps);
        this.timeout = timeout;
        this.input = input;
        this.output = output;
        this.last = mainSteps().stream().filter(step -> step.before().length == 0).toList();
        this.hasSubWorkflows = this.steps.stream().anyMatch(Step::isSubWorkflow);
        this.hasAlways = this.steps.stream().anyMatch(Step::isAlways);
        this.onFailure =
                this.steps.stream()
                        .filter(step -> step.rules().role() == StepRules.Role.ON_FAILURE)
                        .findFirst()
                        .orElse(null);
        this.steps.forEach(step -> byName.put(step.name(), step));
        this.steps.stream()
                .filter(step -> step.isWait() && step.waits().isForSignal())
                .forEach(
                        step ->
                                waiting.computeIfAbsent(
                                                step.waits().signal(), s -> new ArrayList<>())
                                        .add(step));
    }

    /** The workflow's name. */
    public String name() {
        return document.name();
    }

    /** The workflow's version. */
    public String version() {
        return document.version();
    }

    /** The document that it was compiled from. */
    public WorkflowDocument document() {
        return document;
    }

    /** The steps, in an order that respects what they come after; last those beside the graph. */
    public List<Step> steps() {
        return steps;
    }

    /** The steps of the graph, without those beside it. */
    public List<Step> mainSteps() {
        return steps.stream().filter(step -> !step.isAside()).toList();
    }

    /** The step that runs when a run fails, or null. */
    public Step onFailure() {
        return onFailure;
    }

    /** Whether a step of it runs whatever has happened. */
    public boolean hasAlways() {
        return hasAlways;
    }

    /** The step of that name, or null. */
    public Step step(String name) {
        return byName.get(name);
    }

    /** Whether a step of it runs a workflow. */
    public boolean hasSubWorkflows() {
        return hasSubWorkflows;
    }

    /** The steps that wait for a signal of that name. */
    public List<Step> waitingFor(String signal) {
        return waiting.getOrDefault(signal, List.of());
    }

    /** The longest time of a run, or null. */
    public Duration timeout() {
        return timeout;
    }

    /** The priority of a run whose start names none. */
    public int priority() {
        return document.tree().get("priority") instanceof Number number ? number.intValue() : 0;
    }

    /** What a completed run gives, or null if the workflow does not say: then it is what its last steps give. */
    public Expression output() {
        return output;
    }

    /** The steps that nothing comes after; at least one. */
    public List<Step> last() {
        return last;
    }

    /** What a start must give. */
    public InputSpec input() {
        return input;
    }
}
