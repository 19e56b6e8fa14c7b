package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.List;
import orchestrator.shell.output.Screen;

/** Writes a graph as a Mermaid flowchart. */
public final class MermaidGraph {
    private MermaidGraph() {}

    /** Its lines. */
    public static List<String> lines(WorkflowGraph graph) {
        List<String> lines = new ArrayList<>(List.of("flowchart TD"));
        graph.nodes().forEach(node -> lines.add("  " + id(node.name()) + shape(node)));
        graph.edges()
                .forEach(
                        edge -> lines.add("  %s --> %s".formatted(id(edge.from()), id(edge.to()))));
        graph.onFailure()
                .ifPresent(
                        work ->
                                lines.add(
                                        "  on_failure[/\"on failure<br/>%s\"/]"
                                                .formatted(escaped(work))));
        return lines;
    }

    /** With something before it: a step may be named as a word of Mermaid is. */
    private static String id(String step) {
        return "step_" + step;
    }

    private static String shape(GraphNode node) {
        List<String> texts = new ArrayList<>(List.of(node.name(), node.said()));
        texts.addAll(node.marks());
        String label = String.join("<br/>", texts.stream().map(MermaidGraph::escaped).toList());
        String shape =
                switch (node.kind()) {
                    case TASK -> "[\"%s\"]";
                    case WORKFLOW -> "[[\"%s\"]]";
                    case WAIT -> "([\"%s\"])";
                    case SIGNAL -> "{{\"%s\"}}";
                };
        return shape.formatted(label);
    }

    private static String escaped(String text) {
        return Screen.oneLine(text)
                .replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }
}
