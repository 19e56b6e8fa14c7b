package orchestrator.engine.runtime;

import java.util.Map;
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
 */
public record StartRequest(
        String id,
        Payload input,
        String inputHash,
        String startKey,
        int priority,
        Map<String, String> labels) {}
