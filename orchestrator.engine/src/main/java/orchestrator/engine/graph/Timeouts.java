package orchestrator.engine.graph;

import java.time.Duration;

/**
 * How long the parts of a step may take; null for no limit of its own.
 *
 * @param attempt one attempt; null for the node's limit
 * @param step the step with all its attempts and items
 * @param queue an attempt's wait for its task, and then for a slot
 * @param heartbeat the time between two signs of life of a body
 */
public record Timeouts(Duration attempt, Duration step, Duration queue, Duration heartbeat) {
    /** No limits of its own. */
    public static final Timeouts NONE = new Timeouts(null, null, null, null);
}
