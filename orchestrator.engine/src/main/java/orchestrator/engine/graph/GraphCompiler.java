package orchestrator.engine.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.DurationText;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.api.definition.TaskReference;
import orchestrator.api.definition.WorkflowDocument;

/** Compiles canonical documents into graphs. Thread safe. */
public final class GraphCompiler {
    private static final int DEFAULT_CONCURRENCY = 100;

    private static final Retry ONCE = new Retry(1, Duration.ZERO, 1, Timeouts.LONGEST, 0);

    private final Expressions expressions = new Expressions();

    /**
     * Compiles a document.
     *
     * @param source finds places for the messages
     * @throws InvalidWorkflowException if an expression in it is wrong
     */
    public Graph compile(WorkflowDocument document, SourceMap source) {
        List<Problem> problems = new ArrayList<>();
        List<String> order = StepOrder.of(document);
        Before before = new Before(document, order);
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (int place = 0; place < order.size(); place++) {
            for (int other : before.after(place)) {
                next.computeIfAbsent(other, k -> new ArrayList<>()).add(place);
            }
        }
        List<Step> steps = new ArrayList<>();
        List<Integer> undone = new ArrayList<>();
        for (int place = 0; place < order.size(); place++) {
            int[] following = array(next.getOrDefault(place, List.of()));
            String name = order.get(place);
            int compensation = StepRules.NONE_THERE;
            if (document.steps().get(name).containsKey("compensate")) {
                compensation = order.size() + undone.size();
                undone.add(place);
            }
            steps.add(
                    step(
                            document,
                            place,
                            name,
                            before,
                            following,
                            compensation,
                            finder(document, place, name, before, problems, source)));
        }
        for (int place : undone) {
            String name = order.get(place);
            Finder finder =
                    finder(document, place, name, before, problems, source)
                            .with(name, "steps", name, "compensate")
                            .with("run", "steps", name, "compensate");
            steps.add(compensation(document, steps.size(), place, name, finder));
        }
        Finder all = finder(document, problems, source);
        if (document.tree().get("onFailure") instanceof Map<?, ?> spec) {
            steps.add(
                    aside(
                            steps.size(),
                            "onFailure",
                            StepRules.beside(StepRules.Role.ON_FAILURE, StepRules.NONE_THERE),
                            spec,
                            spec.get("input"),
                            all));
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

    private static Finder finder(
            WorkflowDocument document,
            int place,
            String name,
            Before before,
            List<Problem> problems,
            SourceMap source) {
        boolean always = JoinRule.of(document.steps().get(name).get("join")).isAlways();
        return new Finder(
                problems,
                source,
                List.of("steps", name),
                other -> (always && other.equals("run")) || before.has(place, other),
                () -> before.names(place, Finder.MOST_NAMES + 1));
    }

    /** For what runs when the steps have ended. */
    private static Finder finder(
            WorkflowDocument document, List<Problem> problems, SourceMap source) {
        return new Finder(
                problems,
                source,
                List.of("onFailure"),
                name -> name.equals("run") || document.steps().containsKey(name),
                () -> document.steps().keySet().stream().limit(Finder.MOST_NAMES + 1).toList());
    }

    /** A step beside the graph. */
    private Step aside(
            int index, String name, StepRules rules, Map<?, ?> spec, Object input, Finder finder) {
        return new Step(
                index,
                name,
                task(spec),
                (String) spec.get("workflow"),
                null,
                new int[0],
                new int[0],
                finder.find(
                        "input",
                        false,
                        () -> Template.of(input == null ? Map.of() : input, expressions)),
                retry(spec),
                new Timeouts(duration(spec, "timeout"), null, null, null),
                null,
                1,
                null,
                null,
                rules);
    }

    /** What undoes a step; without a word about its input it gets what the step got and gave. */
    private Step compensation(
            WorkflowDocument document, int index, int place, String name, Finder finder) {
        Map<String, Object> step = document.steps().get(name);
        Map<?, ?> spec = (Map<?, ?>) step.get("compensate");
        Object input = spec.get("input");
        if (input == null) {
            Map<String, Object> both = new HashMap<>();
            both.put("output", "${" + name + "}");
            if (!step.containsKey("forEach")) {
                both.put("input", step.getOrDefault("input", Map.of()));
            }
            input = both;
        }
        return aside(
                index,
                name + ".compensate",
                StepRules.beside(StepRules.Role.COMPENSATION, place),
                spec,
                input,
                finder);
    }

    private Step step(
            WorkflowDocument document,
            int index,
            String name,
            Before before,
            int[] next,
            int compensation,
            Finder found) {
        Map<String, Object> spec = document.steps().get(name);
        // a step that repeats knows what it gave before
        Finder finder = spec.containsKey("repeat") ? found.with(name, "steps", name) : found;
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
                task(spec),
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
                caching(spec, finder),
                (String) spec.get("bundle"),
                rules(spec, found, repeat(spec, name, found), compensation));
    }

    private static TaskReference task(Map<?, ?> spec) {
        return spec.get("task") instanceof String text ? TaskReference.of(text) : null;
    }

    private Repeat repeat(Map<String, Object> step, String name, Finder finder) {
        if (!(step.get("repeat") instanceof Map<?, ?> spec)) {
            return null;
        }
        Duration delay = duration(spec, "delay");
        return new Repeat(
                finder.with(name, "steps", name, "repeat")
                        .find(
                                "until",
                                false,
                                () -> expressions.compile((String) spec.get("until"))),
                ((Number) spec.get("limit")).intValue(),
                delay == null ? Duration.ZERO : delay);
    }

    private StepRules rules(
            Map<String, Object> spec, Finder finder, Repeat repeat, int compensation) {
        String condition = (String) spec.get("when");
        Expression when =
                condition == null
                        ? null
                        : finder.find("when", false, () -> expressions.compile(condition));
        return new StepRules(
                JoinRule.of(spec.get("join")),
                when,
                condition,
                "continue".equals(spec.get("onFailure")),
                FailedItemsRule.of(spec.get("failedItems")),
                repeat,
                StepRules.Role.STEP,
                compensation,
                StepRules.NONE_THERE);
    }

    private Caching caching(Map<String, Object> spec, Finder finder) {
        if (!(spec.get("cache") instanceof Map<?, ?> cache)) {
            return null;
        }
        boolean items = spec.containsKey("forEach");
        Expression key =
                cache.get("key") instanceof String text
                        ? finder.find("cache", items, () -> expressions.compile(text))
                        : null;
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
    private static Retry retry(Map<?, ?> step) {
        if (!(step.get("retry") instanceof Map<?, ?> spec)) {
            return step.containsKey("workflow") ? ONCE : null;
        }
        Duration delay = duration(spec, "delay");
        Duration maxDelay = duration(spec, "maxDelay");
        return new Retry(
                spec.get("attempts") instanceof Number n ? n.intValue() : 1,
                delay == null ? Duration.ZERO : delay,
                spec.get("backoff") instanceof Number n ? n.doubleValue() : 1,
                maxDelay == null ? Timeouts.LONGEST : maxDelay,
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
        return spec.get(key) instanceof String text
                ? Timeouts.bounded(DurationText.parse(text))
                : null;
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
