package itests.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The story of a child whose timer goes more slowly than the store's clock, as a simulation told it when it was made small.
 */
final class LateChild extends Story {
    /** Its seed says how late everything is. */
    private static final Plan PLAN =
            new Plan(
                    1_001_622,
                    new Shape(
                            3,
                            1,
                            4_337,
                            1,
                            100,
                            28,
                            0,
                            46,
                            0,
                            11,
                            List.of(0.9075490477075352, 0.9354505983695733, 0.9982047022544583)),
                    List.of(child(), parent()),
                    List.of(
                            new Act(2_832, Act.Kind.START, 1, 0, 0),
                            new Act(2_833, Act.Kind.START, 1, 1, 0),
                            new Act(2_835, Act.Kind.FREEZE, 1, 1, 521),
                            new Act(1, Act.Kind.CALL_UNANSWERED, 0, 1, 4_091)));

    LateChild() {
        super(PLAN);
    }

    private static Flow child() {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        steps.put("s0", Map.of("input", Map.of(), "task", "t1"));
        steps.put(
                "s1", Map.of("after", List.of("s0"), "input", Map.of("s0", "${s0}"), "task", "t2"));
        steps.put(
                "s3",
                Map.of(
                        "after",
                        List.of("s1"),
                        "join",
                        "all_done",
                        "input",
                        Map.of("s1", "${s1}"),
                        "task",
                        "t0"));
        return new Flow("w0", Map.of(), steps);
    }

    private static Flow parent() {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        steps.put(
                "s1",
                Map.of(
                        "input",
                        Map.of("items", "${input.items}"),
                        "workflow",
                        "w0",
                        "retry",
                        Map.of("attempts", 2, "delay", "23s"),
                        "timeout",
                        "5s"));
        steps.put(
                "s3",
                Map.of("input", Map.of("item", "${item}"), "task", "t1", "forEach", "input.items"));
        return new Flow("w1", Map.of(), steps);
    }
}
