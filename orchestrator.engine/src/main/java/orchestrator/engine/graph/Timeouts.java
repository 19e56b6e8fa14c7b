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
    /** The longest time that is counted: stores and timers take no instants that are very far away. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    /** No limits of its own. */
    public static final Timeouts NONE = new Timeouts(null, null, null, null);

    /** That time, or the longest one that is counted. */
    public static Duration bounded(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
