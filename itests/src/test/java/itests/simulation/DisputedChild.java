package itests.simulation;

import java.util.List;
import java.util.Map;

/**
 * The story of a child of which nobody was told that it is stored: its parent's node takes it for its own, and another node
 * claims it, as a simulation told it when it was made small.
 */
final class DisputedChild extends Story {
    /** Its seed says which calls are slow. */
    private static final Plan PLAN =
            new Plan(
                    37_773_520,
                    new Shape(
                            3,
                            1,
                            6_522,
                            50,
                            1,
                            0,
                            0,
                            0,
                            27,
                            0,
                            List.of(1.1689922860529685, 0.9666650501315305, 0.9875913124666641)),
                    List.of(child(), parent()),
                    List.of(
                            new Act(11_357, Act.Kind.START_KEYED, 0, 1, 0),
                            new Act(11_358, Act.Kind.START, 0, 0, 0),
                            new Act(11_359, Act.Kind.START, 0, 1, 0),
                            new Act(11_360, Act.Kind.START_KEYED, 0, 0, 0),
                            new Act(11_361, Act.Kind.OUTAGE, 0, 2, 116),
                            new Act(11_364, Act.Kind.DETACH, 0, 0, 5_619),
                            new Act(11_398, Act.Kind.MUTE, 0, 0, 13_796)));

    DisputedChild() {
        super(PLAN);
    }

    private static Flow child() {
        Map<String, Object> items =
                Flow.map(
                        "input", Map.of("item", "${item}"), "task", "t0", "forEach", "input.items");
        return new Flow("w0", Map.of(), Map.of("s2", items));
    }

    private static Flow parent() {
        Map<String, Object> before = Flow.map("input", Map.of(), "task", "t2");
        Map<String, Object> each =
                Flow.map(
                        "after",
                        List.of("s0"),
                        "input",
                        Flow.map("s0", "${s0}", "items", "${input.items}"),
                        "workflow",
                        "w0");
        return new Flow("w1", Map.of(), StoriesTest.steps("s0", before, "s1", each));
    }
}
