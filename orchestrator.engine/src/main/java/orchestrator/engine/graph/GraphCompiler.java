package orchestrator.engine.graph;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.DurationText;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.api.definition.WorkflowDocument;

/** Compiles canonical documents into graphs. Thread safe. */
public final class GraphCompiler {
    private static final int DEFAULT_CONCURRENCY = 100;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Expressions expressions = new Expressions();

    /**
     * Compiles a document.
     *
     * @param source finds places for the messages
     * @throws InvalidWorkflowException if an expression in it is wrong
     */
    public Graph compile(WorkflowDocument document, SourceMap source) {
        List<Problem> problems = new ArrayList<>();
        List<String> order = order(document);
        Map<String, Integer> places = new HashMap<>();
        order.forEach(name -> places.put(name, places.size()));
        Map<Integer, List<Integer>> before = new HashMap<>();
        order.forEach(
                name ->
                        document.after(name)
                                .forEach(
                                        other ->
                                                before.computeIfAbsent(
                                                                places.get(other),
                                                                k -> new ArrayList<>())
                                                        .add(places.get(name))));
        List<Step> steps = new ArrayList<>();
        for (String name : order) {
            int index = places.get(name);
            int[] after = document.after(name).stream().mapToInt(places::get).toArray();
            int[] next = array(before.getOrDefault(index, List.of()));
            steps.add(step(document, name, index, after, next, new Finder(problems, source)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(problems);
        }
        return new Graph(document, steps, duration(document.tree(), "timeout"), input(document));
    }

    private Step step(
            WorkflowDocument document,
            String name,
            int index,
            int[] after,
            int[] before,
            Finder finder) {
        Map<String, Object> spec = document.steps().get(name);
        Set<String> known = before(document, name);
        Expression input =
                finder.find(
                        List.of("steps", name, "input"),
                        names(known, spec.containsKey("forEach")),
                        () -> Template.of(spec.getOrDefault("input", Map.of()), expressions));
        Object list = spec.get("forEach");
        Expression forEach =
                list == null
                        ? null
                        : finder.find(
                                List.of("steps", name, "forEach"),
                                names(known, false),
                                () -> expressions.compile((String) list));
        return new Step(
                index,
                name,
                (String) spec.get("task"),
                after,
                before,
                input,
                retry(spec.get("retry")),
                duration(spec, "timeout"),
                forEach,
                ((Number) spec.getOrDefault("concurrency", DEFAULT_CONCURRENCY)).intValue(),
                "continue".equals(spec.get("failedItems")));
    }

    private static Retry retry(Object value) {
        if (!(value instanceof Map<?, ?> spec)) {
            return null;
        }
        Duration delay = duration(spec, "delay");
        Duration maxDelay = duration(spec, "maxDelay");
        return new Retry(
                spec.get("attempts") instanceof Number n ? n.intValue() : 1,
                delay == null ? Duration.ZERO : delay,
                spec.get("backoff") instanceof Number n ? n.doubleValue() : 1,
                maxDelay == null ? LONGEST : maxDelay,
                spec.get("jitter") instanceof Number n ? n.doubleValue() : 0);
    }

    @SuppressWarnings("unchecked")
    private static InputSpec input(WorkflowDocument document) {
        Map<String, Object> input =
                (Map<String, Object>) document.tree().getOrDefault("input", Map.of());
        return new InputSpec(
                (List<String>) input.getOrDefault("required", List.of()),
                (Map<String, Map<String, Object>>) input.getOrDefault("properties", Map.of()));
    }

    private static Duration duration(Map<?, ?> spec, String key) {
        return spec.get(key) instanceof String text ? DurationText.parse(text) : null;
    }

    /** Steps that wait for nothing first (Kahn 1962), by name among equals; the document has no cycles. */
    private static List<String> order(WorkflowDocument document) {
        Map<String, Integer> open = new TreeMap<>();
        Map<String, List<String>> before = new HashMap<>();
        document.steps()
                .keySet()
                .forEach(
                        name -> {
                            List<String> after = document.after(name);
                            open.put(name, after.size());
                            after.forEach(
                                    o ->
                                            before.computeIfAbsent(o, k -> new ArrayList<>())
                                                    .add(name));
                        });
        Deque<String> ready = new ArrayDeque<>();
        open.forEach(
                (name, count) -> {
                    if (count == 0) {
                        ready.add(name);
                    }
                });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String name = ready.remove();
            order.add(name);
            for (String next : before.getOrDefault(name, List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return order;
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What an expression of a step can name: the input, the steps before it, and its item. */
    private static Set<String> names(Set<String> before, boolean hasItem) {
        Set<String> names = new TreeSet<>(before);
        names.add("input");
        if (hasItem) {
            names.add("item");
        }
        return names;
    }

    /** The steps that have ended when the named one begins. */
    private static Set<String> before(WorkflowDocument document, String name) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(document.after(name));
        while (!open.isEmpty()) {
            String step = open.remove();
            if (found.add(step)) {
                open.addAll(document.after(step));
            }
        }
        return found;
    }

    /** Turns errors of expressions into problems at their place. */
    private record Finder(List<Problem> problems, SourceMap source) {
        Expression find(List<Object> path, Set<String> known, Supplier<Expression> compile) {
            try {
                Expression expression = compile.get();
                for (String name : new TreeSet<>(expression.names())) {
                    if (!known.contains(name)) {
                        throw new ExpressionException(
                                "Expected one of the names %s (the input, steps that come before), but found '%s'"
                                        .formatted(String.join(", ", known), name));
                    }
                }
                return expression;
            } catch (ExpressionException e) {
                problems.add(new Problem(path, e.getMessage() + ".", source.locate(path)));
                return null;
            }
        }
    }
}
