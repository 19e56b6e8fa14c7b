package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.shell.graph.GraphNode.Kind;

/** Reads what a document says of one step. */
record StepReader(Map<?, ?> step) {

    GraphNode node(String name, int layer) {
        Map<?, ?> signal = WorkflowGraph.map(step.get("waitFor"));
        if (step.containsKey("workflow")) {
            return node(name, Kind.WORKFLOW, text("workflow"), layer);
        } else if (step.containsKey("wait")) {
            return node(name, Kind.WAIT, text("wait"), layer);
        } else if (step.containsKey("waitFor")) {
            Object timeout = signal.get("timeout");
            String what = signal.get("signal") + (timeout == null ? "" : " (" + timeout + ")");
            return node(name, Kind.SIGNAL, what, layer);
        }
        return node(name, Kind.TASK, text("task"), layer);
    }

    private GraphNode node(String name, Kind kind, String work, int layer) {
        return new GraphNode(name, kind, work, marks(), layer);
    }

    private List<String> marks() {
        List<String> marks = new ArrayList<>();
        if (step.containsKey("join") && !"all".equals(step.get("join"))) {
            marks.add("join " + text("join"));
        }
        if (step.containsKey("when")) {
            marks.add("when " + text("when"));
        }
        if (step.containsKey("forEach")) {
            Object atOnce = step.get("concurrency");
            marks.add(
                    "for each "
                            + text("forEach")
                            + (atOnce == null ? "" : ", " + atOnce + " at once"));
        }
        if (step.containsKey("repeat")) {
            marks.add("repeat until " + WorkflowGraph.map(step.get("repeat")).get("until"));
        }
        if (step.containsKey("compensate")) {
            marks.add("undone by " + aside(step.get("compensate")));
        }
        if (step.containsKey("onFailure")) {
            marks.add("on failure " + text("onFailure"));
        }
        return marks;
    }

    /** A task beside the graph, or a workflow. */
    static String aside(Object value) {
        Map<?, ?> map = WorkflowGraph.map(value);
        if (map.containsKey("workflow")) {
            return "workflow " + map.get("workflow");
        }
        return String.valueOf(map.isEmpty() ? value : map.get("task"));
    }

    private String text(String key) {
        return String.valueOf(step.get(key));
    }
}
