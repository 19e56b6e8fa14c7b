package itests.simulation;

import java.util.List;
import java.util.Map;

/**
 * The story of a signal whose post was not answered, and that is posted again when another node has long decided on it, as a
 * simulation told it when it was made small.
 */
final class LateAnswer extends Story {
    /** Its seed says which calls are slow. */
    private static final Plan PLAN =
            new Plan(
                    915_984_798,
                    new Shape(3, 1, 3_487, 50, 100, 0, 26, 47, 0, 12, List.of(1.0, 1.0, 1.0)),
                    List.of(flow()),
                    List.of(
                            new Act(1_400, Act.Kind.START_KEYED, 2, 0, 0),
                            new Act(8_386, Act.Kind.START_KEYED, 0, 0, 0),
                            new Act(8_580, Act.Kind.START_KEYED, 1, 0, 0),
                            new Act(8_731, Act.Kind.CRASH, 1, 0, 97),
                            new Act(8_749, Act.Kind.MUTE, 1, 0, 11_609),
                            new Act(14_784, Act.Kind.SIGNAL, 0, 1, 2),
                            new Act(16_411, Act.Kind.SIGNAL, 0, 2, 38),
                            new Act(19_713, Act.Kind.SIGNAL, 0, 2, 34),
                            new Act(1, Act.Kind.CRASH_BEFORE_WRITE, 1, 2, 76)));

    LateAnswer() {
        super(PLAN);
    }

    private static Flow flow() {
        List<String> all = List.of("s2", "s1", "s0");
        Map<String, Object> outputs = Flow.map("s2", "${s2}", "s1", "${s1}", "s0", "${s0}");
        Map<String, Object> item = Flow.map("s0", "${s0}", "item", "${item}");
        return new Flow(
                "w0",
                Map.of(),
                StoriesTest.steps(
                        "s0",
                        Flow.map("input", Map.of(), "task", "t2"),
                        "s1",
                        Flow.map(
                                "after",
                                List.of("s0"),
                                "input",
                                item,
                                "task",
                                "t2",
                                "forEach",
                                "input.items"),
                        "s2",
                        Flow.map("input", Map.of(), "task", "t2"),
                        "s3",
                        Flow.map(
                                "after",
                                all,
                                "waitFor",
                                Flow.map("signal", "go0", "timeout", "39s")),
                        "s4",
                        Flow.map("after", all, "input", outputs, "task", "t1"),
                        "s5",
                        Flow.map("after", List.of("s4"), "wait", "15s")));
    }
}
