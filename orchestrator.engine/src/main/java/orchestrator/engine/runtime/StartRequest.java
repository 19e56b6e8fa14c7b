package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;

/**
 * What a run is started with.
 *
 * @param id its id, if it is a new one
 * @param input its input
 * @param inputHash a hash of the input; null without a start key
 * @param startKey the start key, or null
 * @param priority its priority
 * @param labels its labels
 * @param timeout the longest time that it may take, or null for none
 * @param concurrency how many attempts it may have in flight at once, or null for as many as there are
 * @param parent the attempt that it is, or null
 * @param origin the run whose failed steps it tries again, or null
 * @param kept what it keeps of that run
 */
public record StartRequest(
        String id,
        Payload input,
        String inputHash,
        String startKey,
        int priority,
        Map<String, String> labels,
        Duration timeout,
        Integer concurrency,
        Fact.Parent parent,
        Fact.Origin origin,
        List<Fact> kept) {

    /** The start of a run that is no attempt of another; its workflow says how long it may take. */
    public static StartRequest of(
            Graph graph,
            String id,
            Payload input,
            String inputHash,
            String startKey,
            int priority,
            Map<String, String> labels) {
        return new StartRequest(
                id,
                input,
                inputHash,
                startKey,
                priority,
                labels,
                graph.timeout(),
                null,
                null,
                null,
                List.of());
    }
}
