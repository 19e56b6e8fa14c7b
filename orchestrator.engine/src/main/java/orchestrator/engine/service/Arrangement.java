package orchestrator.engine.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the type of a workflow adds to its steps as they were written: the short forms of the specification. */
@FunctionalInterface
interface Arrangement {
    /** Steps start together, but for what they come after. */
    Arrangement PARALLEL = (steps, ordered) -> steps;

    /** Steps follow each other in order of addition. */
    Arrangement SEQUENTIAL = Arrangement::chain;

    /** Steps follow each other, each over all items: those of the input, then what the step before has made of them. */
    Arrangement BATCH = Arrangement::batch;

    /**
     * The steps of the document.
     *
     * @param steps the specifications of the steps, in order of addition
     * @param ordered whether it is said already which come after which
     */
    Map<String, Map<String, Object>> arrange(
            Map<String, Map<String, Object>> steps, boolean ordered);

    /** By the name of the type. */
    static Arrangement of(String type) {
        return switch (type) {
            case "sequential" -> SEQUENTIAL;
            case "parallel" -> PARALLEL;
            case "batch" -> BATCH;
            default ->
                    throw new IllegalArgumentException(
                            "Expected the type sequential, parallel or batch, but found '%s'; createConditionalWorkflow and createEventWorkflow make the others"
                                    .formatted(type));
        };
    }

    /** A step whose condition names some of these comes after them. */
    static Arrangement conditional(Set<String> conditions) {
        return (steps, ordered) -> {
            Map<String, Map<String, Object>> all = new LinkedHashMap<>();
            steps.forEach(
                    (name, spec) -> {
                        Set<String> after = new LinkedHashSet<>(after(spec));
                        conditions.stream().filter(c -> names(spec, c)).forEach(after::add);
                        all.put(name, conditions.contains(name) ? spec : withAfter(spec, after));
                    });
            return all;
        };
    }

    /** The steps follow each other once all the signals have come. */
    static Arrangement event(List<String> signals) {
        Map<String, Map<String, Object>> waits = new LinkedHashMap<>();
        for (String signal : signals) {
            Map<String, Object> wait = Map.of("waitFor", Map.of("signal", signal));
            Map<String, Object> other = waits.put(step(signal), wait);
            if (other != null && !other.equals(wait)) {
                throw new IllegalArgumentException(
                        "Expected signals whose steps have names of their own, but found two for '%s'"
                                .formatted(step(signal)));
            }
        }
        return (steps, ordered) -> {
            Map<String, Map<String, Object>> all = new LinkedHashMap<>(waits);
            chain(steps, ordered)
                    .forEach(
                            (name, spec) -> {
                                boolean first = after(spec).isEmpty();
                                if (all.put(name, first ? withAfter(spec, waits.keySet()) : spec)
                                        != null) {
                                    throw new IllegalArgumentException(
                                            "Expected another name of the step '%s': that is the step that waits for the signal"
                                                    .formatted(name));
                                }
                            });
            return all;
        };
    }

    /** The step that waits for a signal. */
    static String step(String signal) {
        return signal.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    private static Map<String, Map<String, Object>> chain(
            Map<String, Map<String, Object>> steps, boolean ordered) {
        if (ordered) {
            return steps;
        }
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        String previous = null;
        for (Map.Entry<String, Map<String, Object>> step : steps.entrySet()) {
            boolean follows = previous != null && after(step.getValue()).isEmpty();
            all.put(
                    step.getKey(),
                    follows ? withAfter(step.getValue(), Set.of(previous)) : step.getValue());
            previous = step.getKey();
        }
        return all;
    }

    private static Map<String, Map<String, Object>> batch(
            Map<String, Map<String, Object>> steps, boolean ordered) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        chain(steps, ordered)
                .forEach(
                        (name, spec) -> {
                            List<String> after = after(spec);
                            Map<String, Object> each = new LinkedHashMap<>(spec);
                            each.putIfAbsent(
                                    "forEach", after.isEmpty() ? "input.items" : after.get(0));
                            each.putIfAbsent("input", Map.of("item", "${item}"));
                            all.put(name, each);
                        });
        return all;
    }

    private static boolean names(Map<String, Object> spec, String condition) {
        Object when = spec.get("when");
        return when != null
                && Pattern.compile("(?<![\\w.'\"])" + Pattern.quote(condition) + "(?!\\w)")
                        .matcher(when.toString())
                        .find();
    }

    @SuppressWarnings("unchecked")
    private static List<String> after(Map<String, Object> spec) {
        return (List<String>) spec.getOrDefault("after", List.of());
    }

    private static Map<String, Object> withAfter(Map<String, Object> spec, Set<String> after) {
        if (after.isEmpty()) {
            return spec;
        }
        Map<String, Object> changed = new LinkedHashMap<>(spec);
        changed.put("after", new ArrayList<>(after));
        return changed;
    }
}
