package itests.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The story of a run that is taken over while messages wait for it, so that the first append of its new owner is refused,
 * as a simulation told it when it was made small; made anew by the class loader of a planted bug.
 */
final class HastyTakeover extends Story {
    /** Its seed says how late everything is. */
    private static final Plan PLAN =
            new Plan(
                    411_162_317,
                    new Shape(3, 1, 7_012, 50, 2, 65, 0, 60, 21, 0, List.of(1.0, 1.0, 1.0)),
                    List.of(new Flow("w0", Map.of(), Map.of("s0", items()))),
                    acts());

    HastyTakeover() {
        super(PLAN);
    }

    /** Messages all the time, so that some wait whenever the run is taken over. */
    private static List<Act> acts() {
        List<Act> acts = new ArrayList<>();
        acts.add(new Act(3_139, Act.Kind.START, 2, 0, 0));
        acts.add(new Act(3_145, Act.Kind.FENCE, 2, 0, 2_608));
        for (long at = 3_200; at < 3_600; at += 10) {
            acts.add(new Act(at, Act.Kind.PAUSE, 2, 0, 0));
            acts.add(new Act(at + 5, Act.Kind.RESUME, 2, 0, 0));
        }
        acts.add(new Act(4, Act.Kind.CALL_UNANSWERED, 0, 0, 46));
        return acts;
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
