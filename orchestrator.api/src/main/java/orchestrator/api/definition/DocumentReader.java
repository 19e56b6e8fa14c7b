package orchestrator.api.definition;

import static java.util.Map.entry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the parts of a document: one method for each object of the format. */
final class DocumentReader {
    static final Pattern STEP_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
    private static final Pattern WORKFLOW_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._:/-]{0,199}");
    private static final List<String> INPUT_TYPES =
            List.of("string", "integer", "number", "boolean", "array", "object");

    /** Words that mean something else in expressions. */
    private static final List<String> RESERVED =
            List.of(
                    "input",
                    "item",
                    "run",
                    "and",
                    "or",
                    "not",
                    "eq",
                    "ne",
                    "lt",
                    "le",
                    "gt",
                    "ge",
                    "div",
                    "mod",
                    "if",
                    "else",
                    "for",
                    "while",
                    "do",
                    "new",
                    "var",
                    "let",
                    "const",
                    "return",
                    "function",
                    "true",
                    "false",
                    "null",
                    "undefined",
                    "empty",
                    "size",
                    "break",
                    "continue",
                    "switch",
                    "case",
                    "default",
                    "try",
                    "catch",
                    "finally",
                    "throw",
                    "instanceof",
                    "pragma");

    private final Problems problems;
    private final Values values;

    DocumentReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Map<String, Object> read(Map<String, ?> document) {
        Map<String, Object> tree =
                values.object(
                        Path.ROOT,
                        document,
                        Map.ofEntries(
                                entry("workflow", values.name(WORKFLOW_NAME)),
                                entry("version", Values::version),
                                entry("description", Values::text),
                                entry("input", this::input),
                                entry("timeout", Values::duration),
                                entry(
                                        "priority",
                                        Values.integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                                entry("steps", this::steps),
                                entry("output", Values::tree),
                                entry("onFailure", this::aside)),
                        List.of("workflow", "steps"));
        tree.putIfAbsent("version", "1");
        if (tree.get("steps") instanceof Map) {
            new GraphCheck(problems, document).check(tree);
        }
        return frozen(tree);
    }

    private static Map<String, Object> frozen(Map<?, ?> tree) {
        Map<String, Object> copy = new TreeMap<>();
        tree.forEach(
                (key, value) ->
                        copy.put(
                                (String) key,
                                value instanceof Map<?, ?> map ? frozen(map) : value));
        return Collections.unmodifiableMap(copy);
    }

    private Object input(Values v, Path path, Object value) {
        Map<String, Object> input =
                v.object(
                        path,
                        value,
                        Map.of("required", Values::texts, "properties", this::properties),
                        List.of());
        if (value instanceof Map<?, ?> written
                && written.get("required") instanceof List<?> required
                && input.get("properties") instanceof Map<?, ?> known) {
            for (int i = 0; i < required.size(); i++) {
                String key = String.valueOf(required.get(i));
                if (!known.containsKey(key)) {
                    problems.add(
                            path.to("required").to(i),
                            () ->
                                    "Expected one of the properties, but found '%s'.%s"
                                            .formatted(
                                                    Values.shown(key),
                                                    Problems.nearest(key, strings(known))));
                }
            }
        }
        return input;
    }

    private Object properties(Values v, Path path, Object value) {
        return v.each(
                path,
                value,
                (w, p, property) ->
                        w.object(
                                p,
                                property,
                                Map.of(
                                        "type", w.oneOf(INPUT_TYPES),
                                        "description", Values::text,
                                        "default", Values::tree),
                                List.of("type")));
    }

    private Object steps(Values v, Path path, Object value) {
        Map<String, Object> steps = v.each(path, value, this::step);
        if (steps.isEmpty() && value instanceof Map<?, ?> m && m.isEmpty()) {
            problems.add(path, "Expected at least one step, but found none.");
        }
        for (String name : steps.keySet()) {
            if (!STEP_NAME.matcher(name).matches()) {
                problems.add(
                        path.to(name),
                        "Expected a step name of lower-case letters, digits and '_', beginning with a"
                                + " letter, but found '%s'.".formatted(Values.shown(name)));
            } else if (RESERVED.contains(name)) {
                problems.add(
                        path.to(name),
                        "Expected another step name, but found '%s', which means something else in expressions."
                                .formatted(name));
            }
        }
        return steps;
    }

    private Object step(Values v, Path path, Object value) {
        Map<String, Object> step =
                v.object(
                        path,
                        value,
                        Map.ofEntries(
                                entry("task", Values::task),
                                entry("workflow", v.name(WORKFLOW_NAME)),
                                entry("wait", TimeKeys::until),
                                entry("waitFor", TimeKeys::signal),
                                entry("description", Values::text),
                                entry("after", Values::textOrTexts),
                                entry("join", FlowKeys::join),
                                entry("when", FlowKeys::condition),
                                entry("repeat", FlowKeys::repeat),
                                entry("compensate", this::aside),
                                entry("input", DocumentReader::stepInput),
                                entry("retry", this::retry),
                                entry("timeout", Values::duration),
                                entry("stepTimeout", Values::duration),
                                entry("queueTimeout", Values::duration),
                                entry("heartbeat", Values::duration),
                                entry("cache", TimeKeys::cache),
                                entry("bundle", Values::text),
                                entry("forEach", Values::text),
                                entry("concurrency", Values.integer(1, 10_000)),
                                entry("failedItems", FlowKeys::failedItems),
                                entry("onFailure", v.oneOf(List.of("fail", "continue")))),
                        List.of());
        if (value instanceof Map<?, ?> written) {
            new StepCheck(problems, path).check(written);
        }
        for (String key : List.of("concurrency", "failedItems")) {
            if (step.containsKey(key) && !step.containsKey("forEach")) {
                problems.add(path.to(key), "Expected 'forEach' beside '%s'.".formatted(key));
            }
        }
        FlowKeys.check(problems, path, step);
        // nothing said in an empty list or object is nothing said
        step.values().removeIf(DocumentReader::isEmpty);
        return step;
    }

    /** A step beside the graph: the name of its task, or more about it. */
    private Object aside(Values v, Path path, Object value) {
        if (value instanceof String) {
            return Map.of("task", Values.task(v, path, value));
        }
        Map<String, Object> step =
                v.object(
                        path,
                        value,
                        Map.of(
                                "task", Values::task,
                                "workflow", v.name(WORKFLOW_NAME),
                                "description", Values::text,
                                "input", DocumentReader::stepInput,
                                "retry", this::retry,
                                "timeout", Values::duration),
                        List.of());
        if (value instanceof Map<?, ?> written) {
            oneKindOfWork(path, written);
        }
        step.values().removeIf(DocumentReader::isEmpty);
        return step;
    }

    private void oneKindOfWork(Path path, Map<?, ?> step) {
        if (!step.containsKey("task") && !step.containsKey("workflow")) {
            problems.add(path, "Expected the key 'task' or 'workflow', but both are missing.");
        } else if (step.containsKey("task") && step.containsKey("workflow")) {
            problems.add(
                    path.to("workflow"), "Expected either 'task' or 'workflow', but found both.");
        }
    }

    /** An object, or a text whose one expression gives an object. */
    private static Object stepInput(Values v, Path path, Object value) {
        return value instanceof String
                ? Values.text(v, path, value)
                : v.each(path, value, Values::tree);
    }

    private static boolean isEmpty(Object value) {
        return List.of().equals(value) || Map.of().equals(value);
    }

    private Object retry(Values v, Path path, Object value) {
        return v.object(
                path,
                value,
                Map.of(
                        "attempts", Values.integer(1, 1_000_000),
                        "delay", Values::duration,
                        "backoff", Values.number(1, 100),
                        "maxDelay", Values::duration,
                        "jitter", Values.number(0, 1),
                        "within", Values::duration,
                        "notOn", Values::textOrTexts),
                List.of());
    }

    private static List<String> strings(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).toList();
    }
}
