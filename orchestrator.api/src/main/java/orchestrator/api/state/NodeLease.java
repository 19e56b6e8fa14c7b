package orchestrator.api.state;

import java.time.Duration;
import java.time.Instant;

/**
 * A node's membership, and its right to advance the runs that it owns.
 *
 * @param node the node's persisted id
 * @param incarnation raised each time the node enters
 * @param duration how long the lease lasts from its last heartbeat
 * @param storeTime the store's time when this answer was given
 */
public record NodeLease(String node, long incarnation, Duration duration, Instant storeTime) {}
