package itests.simulation;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The story of a run that is taken over while messages wait for it, so that the first append of its new owner is refused,
 * as a simulation told it when it was made small; made anew by the class loader of a planted bug.
 */
final class HastyTakeover implements LongFunction<String> {
    /** Its seed says how late everything is. */
    static final Plan PLAN =
            new Plan(
                    411_162_317,
                    new Shape(3, 1, 7_012, 50, 2, 65, 0, 60, 21, 0, List.of(1.0, 1.0, 1.0)),
                    List.of(new Flow("w0", Map.of(), Map.of("s0", items()))),
                    List.of(
                            new Act(3_139, Act.Kind.START, 2, 0, 0),
                            new Act(3_145, Act.Kind.FENCE, 2, 0, 2_608),
                            new Act(3_412, Act.Kind.PAUSE, 2, 0, 0),
                            new Act(3_436, Act.Kind.RESUME, 2, 0, 0),
                            new Act(4, Act.Kind.CALL_UNANSWERED, 0, 0, 46)));

    /** For the class loader. */
    HastyTakeover() {}

    /** The kind of what is wrong, or null. */
    @Override
    public String apply(long once) {
        return Simulation.of(PLAN).kind();
    }

    private static Map<String, Object> items() {
        return Flow.map(
                "input",
                Map.of("item", "${item}"),
                "task",
                "t0",
                "forEach",
                "input.items",
                "stepTimeout",
                "26s");
    }
}
