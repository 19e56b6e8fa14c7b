package orchestrator.api.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What is changed when a run is run again from its failed steps. Immutable. */
public final class RetryOptions {
    private static final RetryOptions NONE = new RetryOptions(Map.of(), Map.of());

    private final Map<String, Object> input;
    private final Map<String, Map<String, Object>> stepInputs;

    private RetryOptions(Map<String, Object> input, Map<String, Map<String, Object>> stepInputs) {
        this.input = input;
        this.stepInputs = stepInputs;
    }

    /** Everything as it was. */
    public static RetryOptions none() {
        return NONE;
    }

    /**
     * Changes one key of the run's input. Results of finished steps stay as they are.
     *
     * @param value a tree of null, Boolean, String, Number, List and Map
     */
    public RetryOptions input(String key, Object value) {
        return new RetryOptions(with(input, key, value), stepInputs);
    }

    /**
     * Changes one key of the input of a step that is tried again, after its expressions are evaluated; for a
     * {@code forEach} of each item.
     *
     * @param value a tree of null, Boolean, String, Number, List and Map
     */
    public RetryOptions stepInput(String step, String key, Object value) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>(stepInputs);
        all.put(
                Objects.requireNonNull(step, "step"),
                with(stepInputs.getOrDefault(step, Map.of()), key, value));
        return new RetryOptions(input, Collections.unmodifiableMap(all));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(map);
        all.put(Objects.requireNonNull(key, "key"), value);
        return Collections.unmodifiableMap(all);
    }

    /** The changed keys of the run's input. */
    public Map<String, Object> input() {
        return input;
    }

    /** The changed keys of the inputs of steps, by step. */
    public Map<String, Map<String, Object>> stepInputs() {
        return stepInputs;
    }
}
