package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.WorkflowInfo;

/** The steps of a workflow and what comes after what, as its document tells. Immutable. */
public final class WorkflowGraph {
    private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
    private final List<GraphEdge> edges = new ArrayList<>();
    private final String onFailure;

    private WorkflowGraph(Map<String, Object> document, List<String> order) {
        Map<?, ?> steps = map(document.get("steps"));
        for (String name : order) {
            Map<?, ?> step = map(steps.get(name));
            int layer = 0;
            for (String before : after(step)) {
                if (nodes.containsKey(before)) {
                    edges.add(new GraphEdge(before, name));
                    layer = Math.max(layer, nodes.get(before).layer() + 1);
                }
            }
            nodes.put(name, new StepReader(step).node(name, layer));
        }
        Object handler = document.get("onFailure");
        this.onFailure = handler == null ? null : StepReader.aside(handler);
    }

    /** The graph of a workflow that can be read; that of one that is broken is empty. */
    public static WorkflowGraph of(WorkflowInfo workflow) {
        return new WorkflowGraph(workflow.document(), workflow.steps());
    }

    /** The steps, each after those that it comes after. */
    public List<GraphNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** What comes after what, by the step that comes after. */
    public List<GraphEdge> edges() {
        return List.copyOf(edges);
    }

    /** The steps by layer: each is in a later one than all that it comes after. */
    public List<List<GraphNode>> layers() {
        List<List<GraphNode>> layers = new ArrayList<>();
        for (GraphNode node : nodes.values()) {
            while (layers.size() <= node.layer()) {
                layers.add(new ArrayList<>());
            }
            layers.get(node.layer()).add(node);
        }
        return layers;
    }

    /** The names of the steps that a step comes after. */
    public List<String> before(String step) {
        return edges.stream().filter(edge -> edge.to().equals(step)).map(GraphEdge::from).toList();
    }

    /** What runs when a run fails. */
    public Optional<String> onFailure() {
        return Optional.ofNullable(onFailure);
    }

    private static List<String> after(Map<?, ?> step) {
        Object after = step.get("after");
        if (after instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return after == null ? List.of() : List.of(after.toString());
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
