package itests.simulation;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/**
 * The input that an attempt must get, by the document of its workflow and what the steps before it have durably given. Told
 * without the engine's expressions: simulations write few kinds of them.
 */
final class Expected {
    private final Shadow run;
    private final String step;
    private final int item;
    private final String seer;
    private final Map<String, Object> spec;

    Expected(Shadow run, String step, int item) {
        this(run, step, item, step);
    }

    /**
     * @param seer the step whose attempt looks at it
     */
    private Expected(Shadow run, String step, int item, String seer) {
        this.seer = seer;
        this.run = run;
        this.step = step;
        this.item = item;
        this.spec = Spec.of(run.state().graph(), step);
    }

    /** The whole input, as far as it is certain what it is. */
    Map<String, Object> input() {
        if (!spec.containsKey("input") && Spec.isAside(step) && !step.equals(Spec.ON_FAILURE)) {
            String of = Spec.undone(step);
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("output", run.rules().fates().seenBy(seer, of));
            if (!Spec.of(run.state().graph(), of).containsKey("forEach")) {
                both.put("input", new Expected(run, of, Fact.NO_ITEM, seer).input());
            }
            return both;
        }
        Map<String, Object> input = new LinkedHashMap<>();
        given().forEach((key, text) -> input.put(key, value(text)));
        Fact.Origin origin = run.state().created().origin();
        if (origin != null && origin.inputs().containsKey(step)) {
            ((Map<?, ?>) origin.inputs().get(step).value())
                    .forEach((key, value) -> input.put((String) key, value));
        }
        return input;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> given() {
        return (Map<String, Object>) spec.getOrDefault("input", Map.of());
    }

    /** Whether that input is right. */
    boolean fits(Map<String, Object> found) {
        Map<String, Object> expected = input();
        if (!found.keySet().equals(expected.keySet())) {
            return false;
        }
        return expected.entrySet().stream()
                .allMatch(e -> fits(e.getKey(), e.getValue(), found.get(e.getKey())));
    }

    private boolean fits(String key, Object expected, Object found) {
        boolean later = key.equals("input") && Spec.isAside(step);
        return Objects.equals(expected, found) || (later && isVague(Spec.undone(step)));
    }

    /** Whether a step's input, looked at later, may be another than the step got. */
    private boolean isVague(String other) {
        Map<String, Object> said = Spec.of(run.state().graph(), other);
        Fact.Origin origin = run.state().created().origin();
        boolean changed = origin != null && origin.inputs().containsKey(other);
        return Spec.some(said) > 0 || said.containsKey("repeat") || changed;
    }

    private Object value(Object text) {
        if (!(text instanceof String written) || !written.startsWith("${")) {
            return text;
        }
        String name = written.substring(2, written.length() - 1);
        if (name.equals("item")) {
            return items().get(item);
        } else if (name.equals("input.items")) {
            return items();
        } else if (name.equals("run.error.code")) {
            return run.rules().ends().code();
        } else if (name.endsWith("?.v")) {
            Payload last = run.rules().tries().piece(step, Fact.NO_ITEM).output;
            return last == null ? null : ((Map<?, ?>) last.value()).get("v");
        }
        return run.rules().fates().seenBy(seer, name);
    }

    private List<?> items() {
        return items(run);
    }

    private static List<?> items(Shadow run) {
        return (List<?>) run.state().inputValue().get("items");
    }

    /** What results of it are kept by. */
    String cacheKey() {
        return cacheKey(spec, run, input());
    }

    /** What results of a step with that input are kept by. */
    static String cacheKey(Map<String, Object> spec, Shadow run, Map<String, Object> input) {
        boolean own = ((Map<?, ?>) spec.get("cache")).containsKey("key");
        Object key = own ? items(run) : new TreeMap<>(input);
        return spec.get("task") + " " + new String(Json.write(key), StandardCharsets.UTF_8);
    }
}
