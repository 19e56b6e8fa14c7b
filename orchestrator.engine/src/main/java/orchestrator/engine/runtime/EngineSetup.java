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
 * @param look the longest time from one look at its store to the next, while the store answers
 */
public record EngineSetup(
        String node, Duration lease, int writers, EngineLimits limits, Duration look) {
    /** How soon a node knows what others do, unless it is set up otherwise. */
    public static final Duration LOOK = Duration.ofSeconds(1);

    /** One that looks at its store each second. */
    public EngineSetup(String node, Duration lease, int writers, EngineLimits limits) {
        this(node, lease, writers, limits, LOOK);
    }

    /** The defaults, for a node of that name. */
    public static EngineSetup of(String node) {
        return new EngineSetup(node, Duration.ofSeconds(10), 1, EngineLimits.defaults());
    }
}
