package orchestrator.engine.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
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
        steps.forEach((step, writer) -> written.put(step, writer.spec));
        Map<String, Map<String, Object>> all =
                arrangement.arrange(
                        dependencies == null ? written : ordered(written), dependencies != null);
        Map<String, Object> result = new LinkedHashMap<>(document);
        result.put("steps", all);
        if (onFailure != null) {
            result.put("onFailure", onFailure.spec);
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

    /** Writes one step. */
    private static final class StepWriter implements StepBuilder {
        private final Map<String, Object> spec = new LinkedHashMap<>();
        private StepWriter compensation;

        @Override
        public StepBuilder task(String taskName) {
            return put("task", taskName);
        }

        @Override
        public StepBuilder workflow(String workflowName) {
            return put("workflow", workflowName);
        }

        @Override
        public StepBuilder wait(Duration time) {
            return put("wait", DurationText.format(time));
        }

        @Override
        public StepBuilder wait(String until) {
            return put("wait", until);
        }

        @Override
        public StepBuilder waitFor(String signal) {
            return put("waitFor", Map.of("signal", signal));
        }

        @Override
        public StepBuilder waitFor(String signal, Duration timeout) {
            return put(
                    "waitFor", Map.of("signal", signal, "timeout", DurationText.format(timeout)));
        }

        @Override
        public StepBuilder after(String... others) {
            return put("after", List.of(others));
        }

        @Override
        public StepBuilder join(Join join) {
            return put("join", join.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public StepBuilder join(int others) {
            return put("join", others);
        }

        @Override
        public StepBuilder when(String condition) {
            return put("when", condition);
        }

        @Override
        public StepBuilder input(String key, Object value) {
            part("input").put(key, value);
            return this;
        }

        @Override
        public StepBuilder retry(int attempts, Duration delay) {
            part("retry").put("attempts", attempts);
            part("retry").put("delay", DurationText.format(delay));
            return this;
        }

        @Override
        public StepBuilder backoff(double factor, Duration maxDelay) {
            part("retry").put("backoff", factor);
            part("retry").put("maxDelay", DurationText.format(maxDelay));
            return this;
        }

        @Override
        public StepBuilder jitter(double fraction) {
            part("retry").put("jitter", fraction);
            return this;
        }

        @Override
        public StepBuilder retryWithin(Duration time) {
            part("retry").put("within", DurationText.format(time));
            return this;
        }

        @Override
        public StepBuilder noRetryOn(String... failures) {
            part("retry").put("notOn", List.of(failures));
            return this;
        }

        @Override
        public StepBuilder timeout(Duration timeout) {
            return put("timeout", DurationText.format(timeout));
        }

        @Override
        public StepBuilder stepTimeout(Duration timeout) {
            return put("stepTimeout", DurationText.format(timeout));
        }

        @Override
        public StepBuilder queueTimeout(Duration timeout) {
            return put("queueTimeout", DurationText.format(timeout));
        }

        @Override
        public StepBuilder heartbeat(Duration interval) {
            return put("heartbeat", DurationText.format(interval));
        }

        @Override
        public StepBuilder cache(String key, Duration timeToLive) {
            part("cache").put("ttl", DurationText.format(timeToLive));
            if (key != null) {
                part("cache").put("key", key);
            }
            return this;
        }

        @Override
        public StepBuilder forEach(String expression) {
            return put("forEach", expression);
        }

        @Override
        public StepBuilder concurrency(int items) {
            return put("concurrency", items);
        }

        @Override
        public StepBuilder failedItems(orchestrator.api.FailedItems policy) {
            return put("failedItems", policy.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public StepBuilder failedItemsAtMost(int items) {
            return put("failedItems", Map.of("atMost", items));
        }

        @Override
        public StepBuilder failedItemsAtMostPercent(double percent) {
            String text = BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
            return put("failedItems", Map.of("atMost", text + "%"));
        }

        @Override
        public StepBuilder repeat(String until, int limit) {
            part("repeat").put("until", until);
            part("repeat").put("limit", limit);
            return this;
        }

        @Override
        public StepBuilder repeat(String until, int limit, Duration delay) {
            part("repeat").put("delay", DurationText.format(delay));
            return repeat(until, limit);
        }

        @Override
        public StepBuilder compensate(String taskName) {
            return compensation().task(taskName);
        }

        @Override
        public StepBuilder compensation() {
            if (compensation == null) {
                compensation = new StepWriter();
                spec.put("compensate", compensation.spec);
            }
            return compensation;
        }

        @Override
        public StepBuilder onFailure(OnFailure policy) {
            return put("onFailure", policy.name().toLowerCase(Locale.ROOT));
        }

        private StepBuilder put(String key, Object value) {
            spec.put(key, value);
            return this;
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> part(String key) {
            return (Map<String, Object>)
                    spec.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
        }
    }
}
