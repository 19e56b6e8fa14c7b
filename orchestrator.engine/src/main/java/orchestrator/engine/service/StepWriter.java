package orchestrator.engine.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.api.FailedItems;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
import orchestrator.api.StepBuilder;
import orchestrator.api.definition.DurationText;

/** A step of a document that is being written. */
final class StepWriter implements StepBuilder {
    private final Map<String, Object> spec = new LinkedHashMap<>();
    private StepWriter compensation;

    /** What is written so far; more may follow. */
    Map<String, Object> spec() {
        return spec;
    }

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
        return put("waitFor", Map.of("signal", signal, "timeout", DurationText.format(timeout)));
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
    public StepBuilder failedItems(FailedItems policy) {
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

    /** Writes a key, also one that callers have no method for. */
    StepBuilder put(String key, Object value) {
        spec.put(key, value);
        return this;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> part(String key) {
        return (Map<String, Object>)
                spec.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }
}
