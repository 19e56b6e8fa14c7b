package itests.simulation;

import java.util.List;
import java.util.Map;
import orchestrator.engine.graph.Graph;

/** What a workflow's document says of its steps, read without the engine's compiler. */
final class Spec {
    static final String ON_FAILURE = "onFailure";
    private static final String COMPENSATE = ".compensate";

    private Spec() {}

    /** The steps that are in the document; not those beside them. */
    static Iterable<String> names(Graph graph) {
        return graph.document().steps().keySet();
    }

    /** Whether a step runs only if its run does not complete. */
    static boolean isAside(String step) {
        return step.equals(ON_FAILURE) || step.endsWith(COMPENSATE);
    }

    /** The step that undoes a step. */
    static String compensation(String step) {
        return step + COMPENSATE;
    }

    /** The step that a step undoes. */
    static String undone(String compensation) {
        return compensation.substring(0, compensation.length() - COMPENSATE.length());
    }

    /** What is said of a step; null if there is none of that name. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Graph graph, String step) {
        if (step.equals(ON_FAILURE)) {
            return (Map<String, Object>) graph.document().tree().get(ON_FAILURE);
        } else if (step.endsWith(COMPENSATE)) {
            Map<String, Object> of = graph.document().steps().get(undone(step));
            return of == null ? null : (Map<String, Object>) of.get("compensate");
        }
        return graph.document().steps().get(step);
    }

    /** What a step comes after. */
    @SuppressWarnings("unchecked")
    static List<String> after(Map<String, Object> spec) {
        return (List<String>) spec.getOrDefault("after", List.of());
    }

    /** How many of the steps before it must be done, if some are enough; 0 else. */
    static int some(Map<String, Object> spec) {
        if (spec.get("join") instanceof Number count) {
            return count.intValue();
        }
        return "any".equals(spec.get("join")) ? 1 : 0;
    }

    /** Whether a step runs whatever has happened. */
    static boolean isAlways(Map<String, Object> spec) {
        return "all_done".equals(spec.get("join"));
    }

    /** Whether the run goes on when the step fails. */
    static boolean goesOn(Map<String, Object> spec) {
        return "continue".equals(spec.get(ON_FAILURE));
    }

    /** How often a step runs at most. */
    static int limit(Map<String, Object> spec) {
        return spec.get("repeat") instanceof Map<?, ?> repeat
                ? ((Number) repeat.get("limit")).intValue()
                : 1;
    }

    /** Whether so many failed items of all leave a step going on. */
    static boolean leaves(Map<String, Object> spec, int failed, int all) {
        Object rule = spec.get("failedItems");
        if (rule instanceof Map<?, ?> map) {
            return map.get("atMost") instanceof String percent
                    ? 100 * failed
                            <= Integer.parseInt(percent.substring(0, percent.length() - 1)) * all
                    : failed <= ((Number) map.get("atMost")).intValue();
        }
        return "continue".equals(rule);
    }

    /** The value of a condition of simulations, {@code x?.even == true} or {@code x?.even != true}. */
    static boolean holds(String condition, Object seen) {
        boolean even = seen instanceof Map<?, ?> output && Boolean.TRUE.equals(output.get("even"));
        return condition.contains("==") == even;
    }

    /** The step that such a condition looks at. */
    static String subject(String condition) {
        return condition.substring(0, condition.indexOf('?'));
    }
}
