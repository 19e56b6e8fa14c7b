package orchestrator.testkit.simple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;

/** Who is a member. The caller holds the store's lock. */
class SimpleNodes {
    private final SimpleStore store;

    SimpleNodes(SimpleStore store) {
        this.store = store;
    }

    NodeLease enter(String node, Duration duration) {
        long incarnation = store.incarnations.merge(node, 1L, Long::sum);
        NodeLease lease = new NodeLease(node, incarnation, duration, now());
        store.members.put(node, new SimpleStore.Member(lease, now().plus(duration)));
        return lease;
    }

    NodeLease heartbeat(NodeLease node) {
        require(node);
        NodeLease lease = new NodeLease(node.node(), node.incarnation(), node.duration(), now());
        store.members.put(node.node(), new SimpleStore.Member(lease, now().plus(node.duration())));
        return lease;
    }

    void leave(NodeLease node) {
        if (isMember(node)) {
            store.members.remove(node.node());
        }
    }

    List<NodeLease> list() {
        return store.members.values().stream()
                .map(SimpleStore.Member::lease)
                .map(l -> new NodeLease(l.node(), l.incarnation(), l.duration(), now()))
                .toList();
    }

    /** Ends the leases of others that are over: from now on their runs can be claimed. */
    void takeOver(NodeLease by) {
        Instant now = now();
        store.members
                .values()
                .removeIf(
                        member ->
                                !member.lease().node().equals(by.node())
                                        && member.expires().isBefore(now));
    }

    /** Whether that incarnation still counts. One that has only expired does. */
    boolean isMember(NodeLease node) {
        SimpleStore.Member member = store.members.get(node.node());
        return member != null && member.lease().incarnation() == node.incarnation();
    }

    void require(NodeLease node) {
        if (!isMember(node)) {
            throw new NodeFencedException(
                    "Expected node "
                            + node.node()
                            + " as incarnation "
                            + node.incarnation()
                            + ", but found that it is no member any more");
        }
    }

    /** The store's time. */
    Instant now() {
        return store.now();
    }
}
