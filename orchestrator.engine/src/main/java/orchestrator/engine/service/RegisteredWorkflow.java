package orchestrator.engine.service;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import orchestrator.engine.graph.Graph;

/**
 * A workflow that somebody registered, or tried to.
 *
 * @param name its name
 * @param version its version; empty if it is broken beyond reading
 * @param source where it came from, for people
 * @param graph the compiled definition; null if it is broken
 * @param problems what is wrong with it
 * @param order later registrations have a larger one
 */
public record RegisteredWorkflow(
        String name,
        String version,
        String source,
        Graph graph,
        List<String> problems,
        long order) {
    private static final AtomicLong ORDER = new AtomicLong();

    /** One that can be run. */
    public static RegisteredWorkflow of(Graph graph, String source) {
        return new RegisteredWorkflow(
                graph.name(), graph.version(), source, graph, List.of(), ORDER.incrementAndGet());
    }

    /** One that cannot. */
    public static RegisteredWorkflow broken(String name, String source, List<String> problems) {
        return new RegisteredWorkflow(
                name, "", source, null, List.copyOf(problems), ORDER.incrementAndGet());
    }

    /** Whether it cannot be run. */
    public boolean isBroken() {
        return graph == null;
    }
}
