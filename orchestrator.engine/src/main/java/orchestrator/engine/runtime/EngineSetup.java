package orchestrator.engine.runtime;

import java.time.Duration;
import orchestrator.engine.core.EngineLimits;

/**
 * What an engine starts with.
 *
 * @param node the node's persisted id
 * @param lease how long its membership lasts without a heartbeat
 * @param writers how many threads write to a durable store
 * @param limits what may be changed later
 */
public record EngineSetup(String node, Duration lease, int writers, EngineLimits limits) {

    /** The defaults, for a node of that name. */
    public static EngineSetup of(String node) {
        return new EngineSetup(node, Duration.ofSeconds(10), 1, EngineLimits.defaults());
    }
}
