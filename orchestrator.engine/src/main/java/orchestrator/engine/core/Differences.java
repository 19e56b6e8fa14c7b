package orchestrator.engine.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.engine.graph.Payload;

/** What differs between two documents, or two parts of them, for people: {@code task: a → b}. Pure. */
final class Differences {
    /** What is compared elsewhere. */
    private static final Set<String> APART = Set.of("workflow", "version", "steps");

    /** What a definition says of a run that begins, and what one that goes on does about it. */
    private static final Map<String, String> AT_START =
            Map.of("timeout", "this run keeps its deadline", "priority", "this run keeps its own");

    private static final int SHOWN = 80;

    private Differences() {}

    /** Of two workflows beside their steps, each with the path to its place. */
    static List<String> between(WorkflowDocument from, WorkflowDocument to) {
        List<String> all = new ArrayList<>();
        Map<String, Object> before = new TreeMap<>(from.tree());
        Map<String, Object> after = new TreeMap<>(to.tree());
        before.keySet().removeAll(APART);
        after.keySet().removeAll(APART);
        for (String key : keys(before, after)) {
            List<String> of = new ArrayList<>();
            collect(key, before, after, key, of);
            String note = AT_START.get(key);
            of.forEach(text -> all.add(note == null ? text : text + " (" + note + ")"));
        }
        return all;
    }

    private static void collect(
            String path, Map<?, ?> before, Map<?, ?> after, String key, List<String> all) {
        if (before.get(key) instanceof Map<?, ?> b && after.get(key) instanceof Map<?, ?> a) {
            keys(b, a).forEach(inner -> collect(path + "." + inner, b, a, inner, all));
        } else if (isOther(before, after, key)) {
            all.add(text(path, before, after, key));
        }
    }

    /** Of two specifications, each with the key that it is about. */
    static List<String> between(Map<String, Object> before, Map<String, Object> after) {
        return keys(before, after).stream()
                .filter(key -> isOther(before, after, key))
                .map(key -> text(key, before, after, key))
                .toList();
    }

    private static boolean isOther(Map<?, ?> before, Map<?, ?> after, String key) {
        return before.containsKey(key) != after.containsKey(key)
                || !Objects.equals(before.get(key), after.get(key));
    }

    private static Set<String> keys(Map<?, ?> before, Map<?, ?> after) {
        Set<String> keys = new TreeSet<>();
        before.keySet().forEach(key -> keys.add((String) key));
        after.keySet().forEach(key -> keys.add((String) key));
        return keys;
    }

    private static String text(String path, Map<?, ?> before, Map<?, ?> after, String key) {
        return "%s: %s → %s".formatted(path, shown(before, key), shown(after, key));
    }

    private static String shown(Map<?, ?> spec, String key) {
        if (!spec.containsKey(key)) {
            return "nothing";
        }
        Object value = spec.get(key);
        String text =
                value instanceof String word
                        ? word
                        : Payload.ofTree(value instanceof Set<?> s ? List.copyOf(s) : value)
                                .toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
