package orchestrator.api.definition;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the keys of a step that say whether and when it begins, and what its failure means; checks them. */
final class FlowKeys {
    private static final List<String> JOINS = List.of("all", "any", "all_done");
    private static final List<String> FAILED_ITEMS = List.of("stop", "continue");
    private static final Pattern PERCENT = Pattern.compile("(?:100|[0-9]{1,2}(?:\\.[0-9]{1,6})?)%");
    private static final int MOST_STEPS = 100_000;

    private static final int MOST_ITERATIONS = 100_000;

    private FlowKeys() {}

    static Object repeat(Values v, Path path, Object value) {
        return v.object(
                path,
                value,
                Map.of(
                        "until", FlowKeys::condition,
                        "limit", Values.integer(1, MOST_ITERATIONS),
                        "delay", Values::duration),
                List.of("until", "limit"));
    }

    /** A bare expression; {@code true} and {@code false} are some, however they are written. */
    static Object condition(Values v, Path path, Object value) {
        return value instanceof Boolean constant
                ? constant.toString()
                : Values.text(v, path, value);
    }

    static Object join(Values v, Path path, Object value) {
        if (value instanceof Number) {
            return Values.integer(1, MOST_STEPS).read(v, path, value);
        }
        return value instanceof String text && JOINS.contains(text)
                ? text
                : v.wrong(path, "one of all, all_done, any, or a number of steps", value);
    }

    static Object failedItems(Values v, Path path, Object value) {
        return value instanceof Map
                ? v.object(path, value, Map.of("atMost", FlowKeys::atMost), List.of("atMost"))
                : v.oneOf(FAILED_ITEMS).read(v, path, value);
    }

    private static Object atMost(Values v, Path path, Object value) {
        if (value instanceof Number) {
            return Values.integer(0, MOST_STEPS).read(v, path, value);
        }
        return value instanceof String text && PERCENT.matcher(text).matches()
                ? text
                : v.wrong(path, "a number of items or a percentage such as '5%'", value);
    }

    /** What one key says about another. */
    static void check(Problems problems, Path path, Map<String, Object> step) {
        if (step.containsKey("repeat") && step.containsKey("forEach")) {
            problems.add(
                    path.to("repeat"), "Expected either 'forEach' or 'repeat', but found both.");
        }
        if (step.containsKey("join") && !step.containsKey("after")) {
            problems.add(path.to("join"), "Expected 'after' beside 'join'.");
        } else if (step.get("join") instanceof Long count
                && step.get("after") instanceof List<?> after
                && count > after.size()) {
            problems.add(
                    path.to("join"),
                    "Expected at most the number of steps in 'after', %d, but found %d."
                            .formatted(after.size(), count));
        }
    }
}
