package orchestrator.api.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks that what steps come after exists, and that nobody waits for itself. */
final class GraphCheck {
    private final Problems problems;
    private final Map<String, ?> document;

    /**
     * @param document as it was written: names are shown at their places there
     */
    GraphCheck(Problems problems, Map<String, ?> document) {
        this.problems = problems;
        this.document = document;
    }

    @SuppressWarnings("unchecked")
    void check(Map<String, Object> tree) {
        Map<String, List<String>> after = new TreeMap<>();
        ((Map<String, Map<String, Object>>) tree.get("steps"))
                .forEach(
                        (name, step) ->
                                after.put(
                                        name,
                                        (List<String>) step.getOrDefault("after", List.of())));
        boolean known = true;
        for (Map.Entry<String, List<String>> step : after.entrySet()) {
            known &= checkNames(step.getKey(), step.getValue(), after.keySet());
        }
        if (known) {
            checkCycles(after);
        }
    }

    private boolean checkNames(String name, List<String> list, Set<String> known) {
        boolean good = true;
        for (String other : list) {
            if (other.equals(name)) {
                good = false;
                problems.add(
                        place(name, other),
                        () ->
                                "Expected another step, but '%s' comes after itself."
                                        .formatted(Values.shown(name)));
            } else if (!known.contains(other)) {
                good = false;
                problems.add(
                        place(name, other),
                        () ->
                                "Expected the name of a step, but found '%s'.%s"
                                        .formatted(
                                                Values.shown(other),
                                                Problems.nearest(other, known)));
            }
        }
        return good;
    }

    /** Where a step names another: the element of its list, or its only text. Not looked for in vain. */
    private Path place(String name, String other) {
        Path path = Path.ROOT.to("steps").to(name).to("after");
        if (!problems.isFull()
                && document.get("steps") instanceof Map<?, ?> steps
                && steps.get(name) instanceof Map<?, ?> step
                && step.get("after") instanceof List<?> after) {
            return path.to(after.indexOf(other));
        }
        return path;
    }

    /** Takes away steps that wait for nothing (Kahn 1962); what is left holds a cycle, which is then walked. */
    private void checkCycles(Map<String, List<String>> after) {
        Map<String, Integer> open = new HashMap<>();
        Map<String, List<String>> before = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        after.forEach(
                (name, list) -> {
                    open.put(name, list.size());
                    list.forEach(o -> before.computeIfAbsent(o, k -> new ArrayList<>()).add(name));
                    if (list.isEmpty()) {
                        ready.add(name);
                    }
                });
        while (!ready.isEmpty()) {
            String done = ready.remove();
            open.remove(done);
            for (String next : before.getOrDefault(done, List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        if (!open.isEmpty()) {
            report(after, open.keySet());
        }
    }

    private void report(Map<String, List<String>> after, Set<String> left) {
        List<String> walk = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String at = left.stream().sorted().findFirst().orElseThrow();
        while (seen.add(at)) {
            walk.add(at);
            at = after.get(at).stream().filter(left::contains).findFirst().orElseThrow();
        }
        List<String> cycle = new ArrayList<>(walk.subList(walk.indexOf(at), walk.size()));
        cycle.add(at);
        problems.add(
                Path.ROOT.to("steps").to(at).to("after"),
                "Expected an order without cycles, but found %s (each after the next)."
                        .formatted(Values.shown(String.join(" → ", cycle))));
    }
}
