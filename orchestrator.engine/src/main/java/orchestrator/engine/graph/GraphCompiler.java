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
import java.util.stream.Collectors;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.DurationText;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.api.definition.WorkflowDocument;

/** Compiles canonical documents into graphs. Thread safe. */
public final class GraphCompiler {
    private static final int DEFAULT_CONCURRENCY = 100;

    /** The longest wait. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Retry ONCE = new Retry(1, Duration.ZERO, 1, LONGEST, 0);

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
        Before before = new Before(document, order);
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            for (int other : before.after(place)) {
                next.computeIfAbsent(other, k -> new ArrayList<>()).add(place);
            }
        }
        List<Step> steps = new ArrayList<>();
        for (int place = 0; place < order.size(); place++) {
            int[] following = array(next.getOrDefault(place, List.of()));
            steps.add(
                    step(
                            document,
                            place,
                            before,
                            following,
                            new Finder(problems, source, order.get(place), place, before)));
        }
        Expression output = output(document, problems, source);
        if (!problems.isEmpty()) {
            throw new InvalidWorkflowException(problems);
        }
        return new Graph(
                document, steps, duration(document.tree(), "timeout"), input(document), output);
    }

    /** What a completed run gives; when it is evaluated every step has ended. */
    private Expression output(WorkflowDocument document, List<Problem> problems, SourceMap source) {
        if (!document.tree().containsKey("output")) {
            return null;
        }
        Object tree = document.tree().get("output");
        List<Object> path = List.of("output");
        try {
            Expression output = Template.of(tree, expressions);
            for (String name : new TreeSet<>(output.names())) {
                if (!name.equals("input") && !document.steps().containsKey(name)) {
                    throw new ExpressionException(
                            "Expected 'input' or the name of a step, but found '%s'"
                                    .formatted(name));
                }
            }
            return output;
        } catch (ExpressionException e) {
            problems.add(new Problem(path, e.getMessage() + ".", source.locate(path)));
            return null;
        }
    }

    private Step step(
            WorkflowDocument document, int index, Before before, int[] next, Finder finder) {
        String name = finder.step();
        Map<String, Object> spec = document.steps().get(name);
        Expression input =
                finder.find(
                        "input",
                        spec.containsKey("forEach"),
                        () -> Template.of(spec.getOrDefault("input", Map.of()), expressions));
        Object list = spec.get("forEach");
        Expression forEach =
                list == null
                        ? null
                        : finder.find("forEach", false, () -> expressions.compile((String) list));
        return new Step(
                index,
                name,
                (String) spec.get("task"),
                (String) spec.get("workflow"),
                waits(spec, finder),
                before.after(index),
                next,
                input,
                retry(spec),
                new Timeouts(
                        duration(spec, "timeout"),
                        duration(spec, "stepTimeout"),
                        duration(spec, "queueTimeout"),
                        duration(spec, "heartbeat")),
                forEach,
                ((Number) spec.getOrDefault("concurrency", DEFAULT_CONCURRENCY)).intValue(),
                "continue".equals(spec.get("failedItems")),
                caching(spec, input, finder),
                (String) spec.get("bundle"));
    }

    private Caching caching(Map<String, Object> spec, Expression input, Finder finder) {
        if (!(spec.get("cache") instanceof Map<?, ?> cache)) {
            return null;
        }
        boolean items = spec.containsKey("forEach");
        Expression key =
                cache.get("key") instanceof String text
                        ? finder.find("cache", items, () -> expressions.compile(text))
                        : input;
        return new Caching(key, duration(cache, "ttl"));
    }

    private Wait waits(Map<String, Object> spec, Finder finder) {
        if (spec.get("wait") instanceof String until) {
            return new Wait(
                    finder.find("wait", false, () -> Template.of(until, expressions)), null, null);
        }
        return spec.get("waitFor") instanceof Map<?, ?> signal
                ? new Wait(null, (String) signal.get("signal"), duration(signal, "timeout"))
                : null;
    }

    /** A run that failed has tried its own steps again already: without a word it is tried once. */
    private static Retry retry(Map<String, Object> step) {
        if (!(step.get("retry") instanceof Map<?, ?> spec)) {
            return step.containsKey("workflow") ? ONCE : null;
        }
        Duration delay = duration(spec, "delay");
        Duration maxDelay = duration(spec, "maxDelay");
        return new Retry(
                spec.get("attempts") instanceof Number n ? n.intValue() : 1,
                delay == null ? Duration.ZERO : delay,
                spec.get("backoff") instanceof Number n ? n.doubleValue() : 1,
                maxDelay == null ? LONGEST : maxDelay,
                spec.get("jitter") instanceof Number n ? n.doubleValue() : 0,
                duration(spec, "within"),
                spec.get("notOn") instanceof List<?> failures
                        ? failures.stream().map(String::valueOf).collect(Collectors.toSet())
                        : Set.of());
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

    /** Turns errors in the expressions of one step into problems at their place. */
    private record Finder(
            List<Problem> problems, SourceMap source, String step, int place, Before before) {
        private static final int MOST_NAMES = 20;

        Expression find(String key, boolean hasItem, Supplier<Expression> compile) {
            List<Object> path = List.of("steps", step, key);
            try {
                Expression expression = compile.get();
                for (String name : new TreeSet<>(expression.names())) {
                    if (!name.equals("input")
                            && !(hasItem && name.equals("item"))
                            && !before.has(place, name)) {
                        throw new ExpressionException(
                                "Expected one of the names %s (the input, steps that come before), but found '%s'"
                                        .formatted(names(hasItem), name));
                    }
                }
                return expression;
            } catch (ExpressionException e) {
                problems.add(new Problem(path, e.getMessage() + ".", source.locate(path)));
                return null;
            }
        }

        /** What an expression of the step can name: the input, its item, and the steps before it. */
        private String names(boolean hasItem) {
            List<String> names = new ArrayList<>(List.of("input"));
            if (hasItem) {
                names.add("item");
            }
            names.addAll(before.names(place, MOST_NAMES + 1));
            if (names.size() > MOST_NAMES) {
                names.subList(MOST_NAMES, names.size()).clear();
                names.add("…");
            }
            return String.join(", ", names);
        }
    }
}
