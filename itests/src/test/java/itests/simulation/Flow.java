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

    /** The document as it is written. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("workflow", name);
        document.put("version", "1");
        document.putAll(rest);
        document.put("steps", steps);
        return document;
    }

    Graph compile(GraphCompiler compiler) {
        return compiler.compile(WorkflowDocument.of(document(), SourceMap.NONE), SourceMap.NONE);
    }

    /** The same without a step; what named it does without. Null if nothing would be left. */
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
        return new Flow(name, others, left);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> without(Map<String, Object> spec, String gone) {
        Map<String, Object> left = new LinkedHashMap<>(spec);
        List<String> after = new ArrayList<>((List<String>) spec.getOrDefault("after", List.of()));
        if (after.remove(gone)) {
            left.put("after", after);
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

    @SuppressWarnings("unchecked")
    Map<String, Object> input(String step) {
        return (Map<String, Object>) steps.get(step).get("input");
    }
}
