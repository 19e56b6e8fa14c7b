package orchestrator.engine.graph;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.WorkflowDocument;
import org.junit.Test;

public class GraphCompilerTest {
    private final Map<String, Object> steps = new LinkedHashMap<>();

    @Test
    public void anExpressionNamesTheInputAndWhatComesBefore() {
        step("a", List.of(), "${input.x}");
        step("b", List.of("a"), "${a.x}");
        step("c", List.of("b"), "${a.x} ${b.x}");
        step("d", List.of("a"), "${a.x}");
        Graph graph = compile();
        assertArrayEquals(new int[] {graph.step("b").index()}, graph.steps().get(3).after());
        assertEquals(2, graph.step("a").before().length);
        assertEquals(0, graph.step("c").before().length);
    }

    @Test
    public void aStepThatDoesNotComeBeforeIsAnError() {
        step("a", List.of(), "${b.x}");
        step("b", List.of("a"), "${d.x}");
        step("c", List.of("b"), "${c.x}");
        step("d", List.of("a"), "${item}");
        String message = assertThrows(InvalidWorkflowException.class, this::compile).getMessage();
        assertTrue(
                message,
                message.contains("names input (the input, steps that come before), but found 'b'"));
        assertTrue(
                message,
                message.contains(
                        "names input, a (the input, steps that come before), but found 'd'"));
        assertTrue(
                message,
                message.contains(
                        "names input, a, b (the input, steps that come before), but found 'c'"));
        assertTrue(message, message.contains("but found 'item'"));
    }

    @Test
    public void onlyTheFirstNamesAreListed() {
        List<String> all = new ArrayList<>();
        for (int i = 10; i < 99; i++) {
            step("s" + i, List.of(), "");
            all.add("s" + i);
        }
        step("last", all, "${nowhere}");
        String message = assertThrows(InvalidWorkflowException.class, this::compile).getMessage();
        assertTrue(message, message.contains("input, s10, s11, "));
        assertTrue(message, message.contains("s28, … (the input"));
        assertFalse(message, message.contains("s29"));
    }

    /** Took minutes when the steps before each were gathered, a set for each. */
    @Test(timeout = 60_000)
    public void aLongChainIsCompiledInTimeThatGrowsWithItsLength() {
        step("s0", List.of(), "${input.x}");
        for (int i = 1; i < 50_000; i++) {
            step("s" + i, List.of("s" + (i - 1)), "${s" + (i - 1) + ".x}");
        }
        assertEquals(50_000, compile().steps().size());
    }

    private void step(String name, List<String> after, String text) {
        steps.put(name, Map.of("task", "some.task", "after", after, "input", Map.of("text", text)));
    }

    private Graph compile() {
        Map<String, Object> tree = Map.of("workflow", "w", "version", "1", "steps", steps);
        return new GraphCompiler()
                .compile(WorkflowDocument.of(tree, SourceMap.NONE), SourceMap.NONE);
    }
}
