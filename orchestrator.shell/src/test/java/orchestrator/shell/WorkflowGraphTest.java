package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.Samples.SampleWorkflow;
import orchestrator.shell.graph.GraphEdge;
import orchestrator.shell.graph.GraphNode;
import orchestrator.shell.graph.WorkflowGraph;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

/** {@code workflow:graph}. */
public class WorkflowGraphTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    /** Every construct that is marked. */
    private static SampleWorkflow rich() {
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("read", Map.of("task", "shop.read"));
        steps.put(
                "review",
                Map.of(
                        "after", List.of("read"),
                        "waitFor", Map.of("signal", "reviewed", "timeout", "2d")));
        steps.put("grace", Map.of("after", List.of("read"), "wait", "1d"));
        steps.put(
                "each",
                Map.of(
                        "after", List.of("review"),
                        "workflow", "one",
                        "forEach", "read.items",
                        "concurrency", 5,
                        "when", "read.count > \"3\""));
        steps.put(
                "end",
                Map.of(
                        "after",
                        List.of("each", "grace", "read"),
                        "task",
                        "shop.end",
                        "join",
                        "any",
                        "repeat",
                        Map.of("until", "end.done", "limit", 9),
                        "onFailure",
                        "continue",
                        "compensate",
                        Map.of("task", "shop.undo")));
        return workflow(steps).withDocument(Map.of("steps", steps, "onFailure", "shop.alert"));
    }

    private static SampleWorkflow workflow(Map<String, Object> steps) {
        SampleWorkflow base = Samples.report("1.0.0", true);
        return new SampleWorkflow(
                "report",
                "1.0.0",
                base.source(),
                base.hash(),
                Map.of("steps", steps),
                List.copyOf(steps.keySet()),
                List.of(),
                List.of(),
                true);
    }

    @Test
    public void hasNodesEdgesAndLayers() {
        WorkflowGraph graph = WorkflowGraph.of(rich());
        assertEquals(
                List.of(
                        List.of("read"),
                        List.of("review", "grace"),
                        List.of("each"),
                        List.of("end")),
                graph.layers().stream()
                        .map(layer -> layer.stream().map(GraphNode::name).toList())
                        .toList());
        assertEquals(6, graph.edges().size());
        assertTrue(graph.edges().contains(new GraphEdge("grace", "end")));
        assertEquals(List.of("each", "grace", "read"), graph.before("end"));
        assertEquals("shop.alert", graph.onFailure().orElseThrow());
        assertEquals(
                List.of("shop.read", "signal reviewed (2d)", "wait 1d", "workflow one", "shop.end"),
                graph.nodes().stream().map(GraphNode::said).toList());
        assertEquals(
                List.of("when read.count > \"3\"", "for each read.items, 5 at once"),
                graph.nodes().get(3).marks());
        assertEquals(
                List.of(
                        "join any",
                        "repeat until end.done",
                        "undone by shop.undo",
                        "on failure continue"),
                graph.nodes().get(4).marks());
    }

    @Test
    public void drawsAChainWithoutATerminalInAscii() throws Exception {
        engine.workflows.add(Samples.report("1.0.0", true));
        assertEquals(
                """
                +----------------+
                | read           |
                | knowledge.read |
                +--------+-------+
                         |
                         v
                +-----------------+
                | write           |
                | knowledge.write |
                +-----------------+
                """,
                shell.run("workflow:graph report 1.0.0"));
    }

    @Test
    public void drawsOnATerminalWithTheStatusesOfARunInColour() throws Exception {
        engine.workflows.add(rich());
        engine.runs.put("a1", Samples.run("a1").in(RunStatus.RUNNING, 40));
        String text = shell.run(shell.terminal(100), "workflow:graph --run a1");
        assertTrue(text, text.contains("\u001b[32mCOMPLETED\u001b[39m"));
        String plain = text.replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(plain, plain.contains("│ signal reviewed (2d) │"));
        assertTrue(plain, plain.contains("│ undone by shop.undo"));
        assertTrue(plain, plain.endsWith("When a run fails: shop.alert\n"));
        assertEquals(plain, 6, plain.chars().filter(c -> c == '▼').count());
        assertEquals(text, shell.run(shell.terminal(100), "workflow:graph --run a1"));
    }

    @Test
    public void listsTheStepsWhereThereIsNoRoom() throws Exception {
        engine.workflows.add(rich());
        for (int width : new int[] {10, 20, 30, 45, 60, 80}) {
            String text = shell.run(shell.terminal(width), "workflow:graph report");
            text.lines().forEach(line -> assertTrue(line, line.length() < width));
            assertTrue(text, text.lines().count() >= 5);
        }
        String narrow = shell.run(shell.terminal(30), "workflow:graph report");
        assertTrue(narrow, narrow.contains("grace; after read; wait 1d\n"));
    }

    /** Each line that leaves a box ends with an arrow, and is followed to where it belongs. */
    @Test
    public void whatIsDrawnIsWhatIsMeant() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Map<String, Object> steps = new LinkedHashMap<>();
            for (int i = 0; i < 2 + random.nextInt(8); i++) {
                List<String> after = new ArrayList<>(steps.keySet());
                after.removeIf(step -> random.nextInt(3) > 0);
                steps.put("s" + i, Map.of("task", "t", "after", after));
            }
            engine.workflows.clear();
            engine.workflows.add(workflow(steps));
            String text = shell.run("workflow:graph report");
            assertEquals(
                    "seed " + seed + "\n" + text,
                    WorkflowGraph.of(workflow(steps)).edges().stream()
                            .map(edge -> edge.from() + " " + edge.to())
                            .sorted()
                            .toList(),
                    new DrawnEdges(text).all());
        }
    }

    @Test
    public void writesMermaidAndJson() throws Exception {
        engine.workflows.add(rich());
        String mermaid = shell.run("workflow:graph report --format mermaid");
        assertTrue(
                mermaid, mermaid.startsWith("flowchart TD\n  step_read[\"read<br/>shop.read\"]\n"));
        assertTrue(
                mermaid,
                mermaid.contains("  step_review{{\"review<br/>signal reviewed (2d)\"}}\n"));
        assertTrue(mermaid, mermaid.contains("  step_grace([\"grace<br/>wait 1d\"])\n"));
        assertTrue(
                mermaid,
                mermaid.contains(
                        "  step_each[[\"each<br/>workflow one<br/>when read.count #gt; #quot;3#quot;<br/>"));
        assertTrue(mermaid, mermaid.contains("  step_each --> step_end\n"));
        JsonNode json =
                new ObjectMapper().readTree(shell.run("workflow:graph report --format json"));
        assertEquals("report", json.get("workflow").textValue());
        assertEquals(5, json.get("nodes").size());
        assertEquals("signal", json.at("/nodes/1/kind").textValue());
        assertEquals("read", json.at("/edges/0/from").textValue());
        assertEquals("shop.alert", json.get("onFailure").textValue());
    }

    @Test
    public void refusesWhatCannotBeDrawn() {
        engine.workflows.add(Samples.broken());
        assertEquals(
                "Expected a workflow that can be read, but 'broken' is broken: line 3: Expected the key 'task', but it is missing.",
                failure("workflow:graph broken"));
        assertEquals(
                "Expected the name of a workflow and perhaps its version, or --run and the id of a run, but found neither.",
                failure("workflow:graph"));
        assertTrue(failure("workflow:graph broken --run a1").contains("found 'broken'"));
        assertEquals(
                "Expected the format table or json or mermaid, but found 'dot'.",
                failure("workflow:graph broken --format dot"));
        assertTrue(failure("workflow:graph nobody").contains("'nobody'"));
    }

    @Test
    public void completesNamesVersionsAndFormats() {
        engine.workflows.add(Samples.report("0.9.0", false));
        engine.workflows.add(Samples.report("1.0.0", true));
        assertEquals(List.of("report"), shell.complete("workflow:graph", "re"));
        assertEquals(
                List.of("--format", "--run", "0.9.0", "1.0.0"),
                shell.complete("workflow:graph", "report", ""));
        assertEquals(
                List.of("json", "mermaid", "table"),
                shell.complete("workflow:graph", "report", "--format", ""));
    }

    private String failure(String command) {
        return assertThrows(CommandException.class, () -> shell.run(command)).getMessage();
    }
}
