package orchestrator.api.definition;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import org.junit.Test;

/** The canonical form: what is equal, what is refused, and that nobody can change it. */
public class WorkflowDocumentTest {

    @Test
    public void aDocumentSaysWhatItHolds() {
        WorkflowDocument document =
                document(
                        step("a", Map.of("task", "t")),
                        step("b", Map.of("task", "u", "after", "a")));
        assertEquals("w", document.name());
        assertEquals("1", document.version());
        assertEquals(List.of("a"), document.after("b"));
        assertEquals(List.of(), document.after("a"));
        assertEquals(
                "{\"steps\":{\"a\":{\"task\":\"t\"},\"b\":{\"after\":[\"a\"],\"task\":\"u\"}},\"version\":\"1\",\"workflow\":\"w\"}",
                new String(document.bytes(), StandardCharsets.UTF_8));
        assertTrue(document.hash().matches("[0-9a-f]{64}"));
    }

    @Test
    public void whatMeansTheSameIsTheSame() {
        assertSame(Map.of("task", "t", "after", "z"), Map.of("task", "t", "after", List.of("z")));
        assertSame(
                Map.of("task", "t", "after", List.of("y", "z")),
                Map.of("task", "t", "after", List.of("z", "y")));
        assertSame(Map.of("task", "t", "timeout", "60s"), Map.of("task", "t", "timeout", "1m"));
        assertSame(
                Map.of("task", "t", "retry", Map.of("attempts", 3, "delay", "1000ms")),
                Map.of("task", "t", "retry", Map.of("attempts", 3.0, "delay", "1s")));
        assertSame(
                Map.of("task", "t", "retry", Map.of("backoff", 2)),
                Map.of("task", "t", "retry", Map.of("backoff", new BigDecimal("2.0"))));
        assertSame(
                Map.of("task", "t", "input", Map.of("x", 1L)),
                Map.of("task", "t", "input", Map.of("x", 1.0)));
        assertSame(
                Map.of("task", "t"),
                Map.of("task", "t", "after", List.of(), "input", Map.of(), "retry", Map.of()));
        assertNotEquals(document(Map.of("task", "t")), document(Map.of("task", "u")));
    }

    @Test
    public void theOrderOfKeysMeansNothing() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("workflow", "w");
        one.put("steps", ordered("a", "b", "c"));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("steps", ordered("c", "a", "b"));
        other.put("workflow", "w");
        assertEquals(
                WorkflowDocument.of(one, SourceMap.NONE).hash(),
                WorkflowDocument.of(other, SourceMap.NONE).hash());
    }

    @Test
    public void aDocumentIsItsOwnCanonicalForm() {
        WorkflowDocument document =
                document(
                        Map.of(
                                "task",
                                "t",
                                "forEach",
                                "input.x",
                                "concurrency",
                                5,
                                "failedItems",
                                "continue",
                                "timeout",
                                "90s",
                                "retry",
                                Map.of("attempts", 2, "jitter", 0.5, "maxDelay", "2m"),
                                "input",
                                Map.of("list", Arrays.asList(1, 1.5, null, true, "x"))));
        assertEquals(document.tree(), WorkflowDocument.of(document.tree(), SourceMap.NONE).tree());
        assertEquals(document, WorkflowDocument.of(document.tree(), SourceMap.NONE));
    }

    @Test
    public void nobodyCanChangeADocument() {
        Map<String, Object> given = new HashMap<>();
        List<Object> list = new ArrayList<>(List.of(1));
        given.put("task", "t");
        given.put("input", new HashMap<>(Map.of("list", list)));
        given.put("retry", new HashMap<>(Map.of("attempts", 2)));
        Map<String, Object> root = new HashMap<>();
        root.put("workflow", "w");
        root.put(
                "input",
                new HashMap<>(Map.of("properties", Map.of("x", Map.of("type", "string")))));
        root.put("steps", new HashMap<>(Map.of("a", given)));
        WorkflowDocument document = WorkflowDocument.of(root, SourceMap.NONE);
        String hash = document.hash();
        list.add(2);
        given.put("timeout", "5s");
        document.bytes()[0] = 'x';
        assertEquals(hash, WorkflowDocument.of(document.tree(), SourceMap.NONE).hash());
        assertEquals('{', document.bytes()[0]);
        assertUnmodifiable(document.tree());
    }

    @Test
    public void everythingWrongIsSaid() {
        InvalidWorkflowException thrown =
                assertThrows(
                        InvalidWorkflowException.class,
                        () ->
                                WorkflowDocument.of(
                                        Map.of(
                                                "workflow",
                                                "w",
                                                "steps",
                                                Map.of("a", Map.of("after", "b"))),
                                        path -> "at " + path));
        assertEquals(
                List.of(
                        "at [steps, a]: steps.a: Expected one of the keys 'task', 'workflow', 'wait' and 'waitFor', but all are missing.",
                        "at [steps, a, after]: steps.a.after: Expected the name of a step, but found 'b'. Did you mean 'a'?"),
                thrown.problems().stream().map(Problem::toString).toList());
        assertEquals(
                String.join("\n", thrown.problems().stream().map(Problem::toString).toList()),
                thrown.getMessage());
        assertEquals(List.of("steps", "a"), thrown.problems().get(0).path());
    }

    @Test
    public void theNearestKnownWordIsNamed() {
        assertEquals("retry", meant("retyr"));
        assertEquals("retry", meant("RETRY"));
        assertEquals("retry", meant("retries"));
        assertEquals("timeout", meant("timeOut"));
        assertEquals("timeout", meant("timeot"));
        assertEquals("", meant("time"));
        assertEquals("failedItems", meant("failed-items"));
        assertEquals("forEach", meant("foreach"));
        assertEquals("after", meant("afer"));
        assertEquals("", meant("x"));
        assertEquals("when", meant("wehn"));
        assertEquals("compensate", meant("compensat"));
        assertEquals("", meant("retry".repeat(100)));
    }

    @Test
    public void cyclesAreWalked() {
        assertEquals(
                "steps.a.after: Expected an order without cycles, but found a → c → b → a (each after the next).",
                refused(
                        step("a", Map.of("task", "t", "after", "c")),
                        step("b", Map.of("task", "t", "after", "a")),
                        step("c", Map.of("task", "t", "after", List.of("b", "z"))),
                        step("d", Map.of("task", "t", "after", "c")),
                        step("z", Map.of("task", "t"))));
    }

    @Test
    public void inputsThatAreRequiredMustBeKnown() {
        Map<String, Object> input =
                Map.of(
                        "required", List.of("size", "folder", "foldr"),
                        "properties",
                                Map.of(
                                        "folder", Map.of("type", "string"),
                                        "size", Map.of("type", "integer")));
        InvalidWorkflowException thrown =
                assertThrows(
                        InvalidWorkflowException.class,
                        () ->
                                WorkflowDocument.of(
                                        Map.of(
                                                "workflow",
                                                "w",
                                                "input",
                                                input,
                                                "steps",
                                                Map.of("a", Map.of("task", "t"))),
                                        SourceMap.NONE));
        assertEquals(
                "input.required.2: Expected one of the properties, but found 'foldr'. Did you mean 'folder'?",
                thrown.getMessage());
    }

    @Test
    public void integersAreThoseThatADoubleHolds() {
        long most = (1L << 53) - 1;
        assertEquals(
                most,
                ((Map<?, ?>)
                                document(Map.of("task", "t", "input", Map.of("x", most)))
                                        .steps()
                                        .get("a")
                                        .get("input"))
                        .get("x"));
        for (Object number : List.of(most + 1, most + 2, -most - 1, 1e21, Double.NaN)) {
            assertTrue(
                    refused(step("a", Map.of("task", "t", "input", Map.of("x", number))))
                            .startsWith("steps.a.input.x: Expected a number that a double holds"));
        }
    }

    @Test
    public void depthIsBounded() {
        Object deep = "x";
        for (int i = 0; i < 100_000; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("k", deep);
        }
        Object tooDeep = deep;
        String message = refused(step("a", Map.of("task", "t", "input", Map.of("x", tooDeep))));
        assertTrue(message, message.endsWith("Expected at most 200 levels, but found more."));
    }

    private static String meant(String key) {
        String message = refused(step("a", Map.of("task", "t", key, "x")));
        int at = message.indexOf("Did you mean '");
        return at < 0 ? "" : message.substring(at + 14, message.length() - 2);
    }

    private static void assertSame(Map<String, ?> one, Map<String, ?> other) {
        WorkflowDocument left = document(one);
        WorkflowDocument right = document(other);
        assertEquals(left.hash(), right.hash());
        assertEquals(left, right);
        assertEquals(left.hashCode(), right.hashCode());
        assertEquals(left.tree(), right.tree());
    }

    private static void assertUnmodifiable(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThrows(UnsupportedOperationException.class, map::clear);
            map.values().forEach(WorkflowDocumentTest::assertUnmodifiable);
        } else if (value instanceof Collection<?> list) {
            assertThrows(UnsupportedOperationException.class, list::clear);
            list.forEach(WorkflowDocumentTest::assertUnmodifiable);
        }
    }

    private static Map<String, Object> ordered(String... names) {
        Map<String, Object> steps = new LinkedHashMap<>();
        for (String name : names) {
            steps.put(name, Map.of("task", "t"));
        }
        return steps;
    }

    private static Map.Entry<String, Object> step(String name, Map<String, ?> step) {
        return Map.entry(name, step);
    }

    private static WorkflowDocument document(Map<String, ?> step) {
        return document(
                step("a", step), step("y", Map.of("task", "t")), step("z", Map.of("task", "t")));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static WorkflowDocument document(Map.Entry<String, Object>... steps) {
        return WorkflowDocument.of(
                Map.of("workflow", "w", "steps", Map.ofEntries(steps)), SourceMap.NONE);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String refused(Map.Entry<String, Object>... steps) {
        Map<String, ?> root = Map.of("workflow", "w", "steps", Map.ofEntries(steps));
        return assertThrows(
                        InvalidWorkflowException.class,
                        () -> WorkflowDocument.of(root, SourceMap.NONE))
                .getMessage();
    }
}
