package orchestrator.engine.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.StepBuilder;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.definition.DurationText;
import orchestrator.api.definition.WorkflowDocument;

/** Writes a document step by step. */
public final class Builder implements WorkflowBuilder {
    private final String name;
    private final Arrangement arrangement;
    private final String bundle;
    private final Map<String, Object> document = new LinkedHashMap<>();
    private final Map<String, StepWriter> steps = new LinkedHashMap<>();
    private final Map<String, Task> functions = new LinkedHashMap<>();
    private Map<String, List<String>> dependencies;
    private StepWriter onFailure;
    private Map<String, ?> whole;
    private SourceMap source = SourceMap.NONE;

    /** A builder of nobody in particular. */
    public Builder(String name, String version) {
        this(name, version, null);
    }

    /**
     * A builder of a workflow whose steps start together.
     *
     * @param bundle whose functions are added, or null
     */
    public Builder(String name, String version, String bundle) {
        this(name, version, Arrangement.PARALLEL, bundle);
    }

    /**
     * A builder.
     *
     * @param arrangement what the type of the workflow adds; dependencies that are set take the place of what it says of
     *     the order
     * @param bundle whose functions are added, or null
     */
    Builder(String name, String version, Arrangement arrangement, String bundle) {
        this.name = name;
        this.bundle = bundle;
        this.arrangement = arrangement;
        document.put("workflow", name);
        document.put("version", version);
    }

    /** The document, checked. */
    public WorkflowDocument build() {
        return WorkflowDocument.of(whole == null ? assemble() : whole, source);
    }

    /** Finds places for messages. */
    public SourceMap source() {
        return source;
    }

    /** The Java functions among the steps, by task name. */
    public Map<String, Task> functions() {
        return functions;
    }

    private Map<String, Object> assemble() {
        Map<String, Map<String, Object>> written = new LinkedHashMap<>();
        steps.forEach((step, writer) -> written.put(step, writer.spec()));
        Map<String, Map<String, Object>> all =
                arrangement.arrange(
                        dependencies == null ? written : ordered(written), dependencies != null);
        Map<String, Object> result = new LinkedHashMap<>(document);
        result.put("steps", all);
        if (onFailure != null) {
            result.put("onFailure", onFailure.spec());
        }
        return result;
    }

    /** The same steps, each after those that it was said to come after, and no others. */
    private Map<String, Map<String, Object>> ordered(Map<String, Map<String, Object>> all) {
        for (String step : dependencies.keySet()) {
            if (!all.containsKey(step)) {
                throw new IllegalArgumentException(
                        "Expected dependencies of the steps %s, but found '%s'"
                                .formatted(String.join(", ", all.keySet()), step));
            }
        }
        Map<String, Map<String, Object>> result = new LinkedHashMap<>();
        all.forEach(
                (step, spec) -> {
                    Map<String, Object> changed = new LinkedHashMap<>(spec);
                    List<String> after = dependencies.getOrDefault(step, List.of());
                    changed.remove("after");
                    if (!after.isEmpty()) {
                        changed.put("after", after);
                    }
                    result.put(step, changed);
                });
        return result;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public WorkflowBuilder version(String version) {
        document.put("version", version);
        return this;
    }

    @Override
    public WorkflowBuilder description(String text) {
        document.put("description", text);
        return this;
    }

    @Override
    public WorkflowBuilder requireInput(String... keys) {
        document.put("input", Map.of("required", List.of(keys)));
        return this;
    }

    @Override
    public WorkflowBuilder timeout(Duration timeout) {
        document.put("timeout", DurationText.format(timeout));
        return this;
    }

    @Override
    public WorkflowBuilder priority(int priority) {
        document.put("priority", priority);
        return this;
    }

    @Override
    public StepBuilder step(String step) {
        return steps.computeIfAbsent(step, s -> new StepWriter());
    }

    @Override
    public StepBuilder onFailure() {
        if (onFailure == null) {
            onFailure = new StepWriter();
        }
        return onFailure;
    }

    @Override
    public WorkflowBuilder addTask(String step, String taskName) {
        step(step).task(taskName);
        return this;
    }

    @Override
    public WorkflowBuilder addTask(String step, Task function) {
        String task = name + "/" + step;
        functions.put(task, function);
        if (bundle != null) {
            steps.computeIfAbsent(step, s -> new StepWriter()).put("bundle", bundle);
        }
        return addTask(step, task);
    }

    @Override
    public WorkflowBuilder output(Object value) {
        document.put("output", value);
        return this;
    }

    @Override
    public WorkflowBuilder setDependencies(Map<String, List<String>> after) {
        dependencies = new LinkedHashMap<>(after);
        return this;
    }

    @Override
    public WorkflowBuilder document(Map<String, ?> newDocument, SourceMap newSource) {
        whole = new LinkedHashMap<>(newDocument);
        source = newSource;
        return this;
    }
}
