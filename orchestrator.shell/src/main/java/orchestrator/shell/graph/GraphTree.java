package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A graph as a tree for scripts. */
public final class GraphTree {
    private GraphTree() {}

    /**
     * Its nodes and edges.
     *
     * @param statuses the statuses of a run's steps by name; empty without a run
     */
    public static Map<String, Object> of(WorkflowGraph graph, Map<String, String> statuses) {
        List<Object> nodes = new ArrayList<>();
        for (GraphNode node : graph.nodes()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", node.name());
            tree.put("kind", node.kind().name().toLowerCase(Locale.ROOT));
            tree.put("work", node.work());
            tree.put("marks", node.marks());
            tree.put("layer", node.layer());
            tree.put("status", statuses.get(node.name()));
            nodes.add(tree);
        }
        List<Object> edges = new ArrayList<>();
        for (GraphEdge edge : graph.edges()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("from", edge.from());
            tree.put("to", edge.to());
            edges.add(tree);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("nodes", nodes);
        tree.put("edges", edges);
        tree.put("onFailure", graph.onFailure().orElse(null));
        return tree;
    }
}
