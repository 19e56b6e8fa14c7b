package orchestrator.state.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;

/** The nodes that are members. */
final class Leases {
    private final ConcurrentSkipListMap<String, Membership> members = new ConcurrentSkipListMap<>();
    private final AtomicLong incarnations = new AtomicLong();

    /** A new member, and the one of the same node that it supersedes, or null. */
    record Entered(Membership member, Membership former) {}

    Entered enter(String node, Duration duration, Instant now) {
        Membership member = new Membership(node, incarnations.incrementAndGet(), duration, now);
        return new Entered(member, members.put(node, member));
    }

    /** The member that a lease stands for, or null if the lease is over. */
    Membership find(NodeLease lease) {
        Membership member = members.get(lease.node());
        return member != null && member.incarnation() == lease.incarnation() && !member.isFenced()
                ? member
                : null;
    }

    Membership require(NodeLease lease) {
        Membership member = find(lease);
        if (member == null) {
            throw fenced(lease);
        }
        return member;
    }

    void remove(Membership member) {
        members.remove(member.node(), member);
    }

    /** The members but one whose time is over. */
    List<Membership> expired(Membership except, Instant now) {
        return members.values().stream()
                .filter(member -> member != except && member.isExpired(now))
                .toList();
    }

    List<NodeLease> list(Instant now) {
        return members.values().stream().map(member -> member.lease(now)).toList();
    }

    List<Membership> all() {
        return List.copyOf(members.values());
    }

    static NodeFencedException fenced(NodeLease lease) {
        return new NodeFencedException(
                "Expected a lease that is not over, but found that incarnation "
                        + lease.incarnation()
                        + " of node "
                        + lease.node()
                        + " was fenced");
    }
}
