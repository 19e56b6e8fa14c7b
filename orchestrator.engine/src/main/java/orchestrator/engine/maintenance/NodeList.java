package orchestrator.engine.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.NodeLease;
import orchestrator.engine.runtime.Engine;

/** The members of the store, as far as it tells. */
final class NodeList {
    private final Engine engine;

    private record Node(
            String id,
            long incarnation,
            Optional<Instant> renewed,
            Optional<Instant> leaseUntil,
            OptionalLong runs,
            boolean isExpired,
            boolean isThis)
            implements NodeInfo {}

    NodeList(Engine engine) {
        this.engine = engine;
    }

    List<NodeInfo> read() {
        return RunCheck.inspection(engine.store().backend())
                .map(inside -> inside.members().stream().map(this::node).toList())
                .orElseGet(
                        () -> engine.store().backend().nodes().stream().map(this::node).toList());
    }

    private NodeInfo node(MemberState member) {
        NodeLease lease = member.lease();
        return new Node(
                lease.node(),
                lease.incarnation(),
                Optional.of(member.until().minus(lease.duration())),
                Optional.of(member.until()),
                OptionalLong.of(member.runs()),
                member.until().isBefore(lease.storeTime()),
                isThis(lease));
    }

    private NodeInfo node(NodeLease lease) {
        return new Node(
                lease.node(),
                lease.incarnation(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                false,
                isThis(lease));
    }

    private boolean isThis(NodeLease lease) {
        NodeLease own = engine.store().lease();
        return own.node().equals(lease.node()) && own.incarnation() == lease.incarnation();
    }
}
