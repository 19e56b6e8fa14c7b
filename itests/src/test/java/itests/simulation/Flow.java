package itests.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;

/**
 * A workflow of a simulation.
 *
 * @param rest what its document says beside its steps
 * @param steps the specifications of its steps, in an order in which each comes after those that it comes after
 */
record Flow(String name, Map<String, Object> rest, Map<String, Map<String, Object>> steps) {

    /** Keys and their values, in that order. */
    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The document as it is written. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("workflow", name);
        document.put("version", "1");
        document.putAll(rest); // and perhaps another version
        document.put("steps", steps);
        return document;
    }

    Graph compile(GraphCompiler compiler) {
        return compiler.compile(WorkflowDocument.of(document(), SourceMap.NONE), SourceMap.NONE);
    }

    /**
     * Another version: retries differ, a step is new, and in the second the last step is gone, which nothing comes after.
     *
     * @param number 1 or 2
     */
    Flow variant(int number) {
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>();
        String last = null;
        for (Map.Entry<String, Map<String, Object>> step : steps.entrySet()) {
            Map<String, Object> spec = new LinkedHashMap<>(step.getValue());
            if (spec.containsKey("task") && changed.size() % 2 == number % 2) {
                spec.put("retry", Map.of("attempts", 5, "delay", "100ms"));
            }
            changed.put(step.getKey(), spec);
            last = step.getKey();
        }
        boolean named = String.valueOf(rest).contains("${" + last + "}");
        if (number == 2 && steps.size() > 1 && !named) {
            changed.remove(last);
        } else {
            changed.put("added", Map.of("task", "t0", "input", Map.of("x", "1"))); // the first
        }
        Map<String, Object> others = new LinkedHashMap<>(rest);
        others.put("version", "1." + number);
        return new Flow(name, others, changed);
    }

    /** The same without a step; what named it does without. Null if nothing would be left. */
    @SuppressWarnings("unchecked")
    Flow without(String gone) {
        if (steps.size() == 1) {
            return null;
        }
        Map<String, Map<String, Object>> left = new LinkedHashMap<>();
        steps.forEach(
                (step, spec) -> {
                    if (!step.equals(gone)) {
                        left.put(step, without(spec, gone));
                    }
                });
        Map<String, Object> others = new LinkedHashMap<>(rest);
        others.remove("output");
        if (others.get("onFailure") instanceof Map<?, ?> last) {
            Map<String, Object> spec = new LinkedHashMap<>();
            last.forEach((key, value) -> spec.put((String) key, value));
            Map<String, Object> input =
                    new LinkedHashMap<>((Map<String, Object>) spec.get("input"));
            input.remove(gone);
            spec.put("input", input);
            others.put("onFailure", spec);
        }
        return new Flow(name, others, left);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> without(Map<String, Object> spec, String gone) {
        Map<String, Object> left = new LinkedHashMap<>(spec);
        List<String> after = new ArrayList<>((List<String>) spec.getOrDefault("after", List.of()));
        if (after.remove(gone)) {
            left.put("after", after);
            if (after.isEmpty()) {
                left.remove("after");
                left.remove("join");
            } else if (left.get("join") instanceof Integer count) {
                left.put("join", Math.min(count, after.size()));
            }
        }
        if (left.get("when") instanceof String when && Spec.subject(when).equals(gone)) {
            left.remove("when");
        }
        if (left.containsKey("input")) {
            Map<String, Object> input =
                    new LinkedHashMap<>((Map<String, Object>) spec.get("input"));
            input.remove(gone);
            left.put("input", input);
        }
        if (String.valueOf(spec.get("forEach")).startsWith(gone + ".")) {
            left.put("forEach", "input.items");
        }
        return left;
    }

    /** The same step without one of its properties. */
    Flow without(String step, String property) {
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>(steps);
        Map<String, Object> spec = new LinkedHashMap<>(steps.get(step));
        spec.remove(property);
        if (property.equals("repeat")) {
            Map<String, Object> input = new LinkedHashMap<>(input(step));
            input.remove("cursor");
            spec.put("input", input);
        }
        if (property.equals("forEach")) {
            spec.remove("concurrency");
            spec.remove("failedItems");
            Map<String, Object> input = new LinkedHashMap<>(input(step));
            input.remove("item");
            spec.put("input", input);
        }
        changed.put(step, spec);
        return new Flow(name, rest, changed);
    }

    /** The same without something beside its steps. */
    Flow withoutRest(String property) {
        Map<String, Object> others = new LinkedHashMap<>(rest);
        others.remove(property);
        return new Flow(name, others, steps);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> input(String step) {
        return (Map<String, Object>) steps.get(step).get("input");
    }
}
