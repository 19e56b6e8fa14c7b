package orchestrator.api.state;

import java.time.Instant;

/**
 * A member of a store, with what its lease covers.
 *
 * @param lease the lease; with the store's time of this answer
 * @param until when it expires
 * @param runs how many runs it owns
 */
public record MemberState(NodeLease lease, Instant until, long runs) {}
