package itests.simulation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is given to a simulation. The same plan gives the same simulation.
 *
 * @param seed of what is left to chance: delays, what bodies do
 */
record Plan(long seed, Shape shape, List<Flow> flows, List<Act> acts) {

    /** The story that it is, for people. */
    String story() {
        return """
                seed %d
                %s
                workflows:
                %s
                what happens:
                %s
                """
                .formatted(
                        seed,
                        shape,
                        flows.stream()
                                .map(f -> "  " + f.document())
                                .collect(Collectors.joining("\n")),
                        acts.stream().map(a -> "  " + a).collect(Collectors.joining("\n")));
    }
}
