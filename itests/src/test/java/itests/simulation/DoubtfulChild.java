package itests.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The story of a child whose first creation was not answered, and whose second one asked for no owner, as a simulation told
 * it when it was made small.
 */
final class DoubtfulChild extends Story {
    /** Its seed says which calls are slow. */
    private static final Plan PLAN =
            new Plan(
                    33_778_406,
                    new Shape(
                            3,
                            2,
                            4_581,
                            50,
                            2,
                            0,
                            21,
                            4,
                            0,
                            0,
                            List.of(1.1999167867655909, 0.9624509409691087, 1.0992815378759802)),
                    List.of(
                            new Flow("w0", Map.of(), Map.of("s0", task("t1", Map.of()))),
                            new Flow("w1", Map.of(), Map.of("s1", workflow("w0"))),
                            grandparent()),
                    List.of(
                            new Act(10_879, Act.Kind.START, 2, 2, 0),
                            new Act(10_883, Act.Kind.MUTE, 2, 0, 4_693),
                            new Act(11_328, Act.Kind.START, 2, 2, 0)));

    DoubtfulChild() {
        super(PLAN);
    }

    private static Flow grandparent() {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        steps.put("s0", task("t2", Map.of()));
        steps.put("s1", workflow("w1"));
        steps.put(
                "s2",
                Map.of(
                        "after",
                        List.of("s0"),
                        "input",
                        Flow.map("s0", "${s0}", "items", "${input.items}"),
                        "workflow",
                        "w0"));
        return new Flow("w2", Map.of(), steps);
    }

    private static Map<String, Object> task(String task, Map<String, Object> input) {
        return Map.of("input", input, "task", task);
    }

    private static Map<String, Object> workflow(String workflow) {
        return Map.of("input", Map.of("items", "${input.items}"), "workflow", workflow);
    }
}
