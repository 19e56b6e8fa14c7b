package itests.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The story of a child that is to be started again, at a node that has lost its workflow meanwhile, as a simulation told it
 * when it was made small; made anew by the class loader of a planted bug.
 */
final class MissedChild extends Story {
    /** Its seed says which calls are slow. */
    private static final Plan PLAN =
            new Plan(
                    151_071,
                    new Shape(3, 1, 3_599, 1, 100, 62, 16, 4, 18, 0, List.of(1.0, 1.0, 1.0)),
                    List.of(child(), parent(), grandparent()),
                    List.of(
                            new Act(2_796, Act.Kind.START, 2, 2, 0),
                            new Act(2_802, Act.Kind.FENCE, 2, 2, 30),
                            new Act(3_377, Act.Kind.SIGNAL, 2, 0, 12),
                            new Act(4_339, Act.Kind.SIGNAL, 2, 0, 63),
                            new Act(5_129, Act.Kind.DETACH, 0, 0, 49),
                            new Act(9_325, Act.Kind.RESUME, 1, 0, 3),
                            new Act(28_489, Act.Kind.UNREGISTER, 1, 0, 7_841)));

    MissedChild() {
        super(PLAN);
    }

    private static Flow child() {
        Map<String, Object> why = Flow.map("why", "${run.error.code}");
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        steps.put(
                "s0",
                Flow.map(
                        "input",
                        Map.of(),
                        "task",
                        "t0",
                        "queueTimeout",
                        "6521ms",
                        "compensate",
                        Flow.map("task", "t0", "input", why)));
        steps.put(
                "s1",
                Flow.map(
                        "after",
                        List.of("s0"),
                        "input",
                        Flow.map("s0", "${s0}", "item", "${item}"),
                        "task",
                        "t0",
                        "forEach",
                        "input.items"));
        Map<String, Object> undoing =
                Flow.map(
                        "task", "t2", "input", Flow.map("why", "${run.error.code}", "s0", "${s0}"));
        return new Flow("w0", Map.of("onFailure", undoing), steps);
    }

    private static Flow parent() {
        Map<String, Object> step =
                Flow.map(
                        "input",
                        Flow.map("items", "${input.items}"),
                        "workflow",
                        "w0",
                        "retry",
                        Flow.map("attempts", 4, "delay", "12s"),
                        "timeout",
                        "1s");
        return new Flow("w1", Map.of(), Map.of("s0", step));
    }

    private static Flow grandparent() {
        Map<String, Map<String, Object>> steps = new LinkedHashMap<>();
        steps.put("s1", Flow.map("waitFor", Flow.map("signal", "go0", "timeout", "12s")));
        steps.put(
                "s2",
                Flow.map("after", List.of("s1"), "input", Flow.map("s1", "${s1}"), "task", "t1"));
        steps.put(
                "s3",
                Flow.map(
                        "after",
                        List.of("s2"),
                        "input",
                        Flow.map("s2", "${s2}", "items", "${input.items}"),
                        "workflow",
                        "w1"));
        return new Flow("w2", Map.of(), steps);
    }
}
