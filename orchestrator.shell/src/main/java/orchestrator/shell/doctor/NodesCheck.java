package orchestrator.shell.doctor;

import java.util.List;
import orchestrator.api.run.NodeInfo;
import orchestrator.shell.output.Screen;

/** Nodes whose lease has expired. */
final class NodesCheck extends Check {
    NodesCheck() {
        super("nodes");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        return there.maintenance() == null
                ? List.of()
                : there.maintenance().nodes().stream()
                        .filter(NodeInfo::isExpired)
                        .map(node -> expired(node, there))
                        .toList();
    }

    private Trouble expired(NodeInfo node, Surroundings there) {
        String since =
                node.leaseUntil().map(until -> " (" + there.times().ago(until) + ")").orElse("");
        if (node.isThis()) {
            return error(
                    "The lease of this node, %s, has expired%s: others may take its runs over."
                            .formatted(node.id(), since),
                    "See whether the store answers and whether the process is starved (log:display); it enters anew by itself.");
        }
        String runs =
                node.runs().isPresent()
                        ? "its " + Screen.count(node.runs().getAsLong(), "run")
                        : "its runs";
        return warning(
                "Node %s has died or is cut off: its lease has expired%s."
                        .formatted(node.id(), since),
                "A living node takes %s over within seconds, as far as it has room. Start that node again, or see that this one is not held up (orchestrator:nodes, log:display)."
                        .formatted(runs));
    }
}
