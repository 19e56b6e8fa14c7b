package orchestrator.definitions;

import static orchestrator.definitions.Texts.GOOD;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.CanonicalJson;
import orchestrator.api.definition.WorkflowDocument;
import org.junit.Test;

/** What can be written in a workflow file, and what it means. */
public class GoodFilesTest {

    @Test
    public void aGoodFileIsTheDocumentItsServiceWrites() {
        WorkflowFile file = Texts.read(GOOD);
        assertEquals(List.of(), file.problems());
        assertFalse(file.isBroken());
        assertEquals("content_validation", file.name());
        assertEquals("f.yaml", file.file());
        WrittenDocument written = WrittenDocument.of(file);
        WorkflowDocument document = WorkflowDocument.of(written.tree(), written.source());
        assertEquals("content_validation", document.name());
        assertEquals("1.10", document.version());
        assertEquals(List.of("list", "validate"), document.after("report"));
        assertEquals(
                Map.of(
                        "attempts",
                        3L,
                        "delay",
                        "5s",
                        "backoff",
                        2L,
                        "maxDelay",
                        "1m",
                        "jitter",
                        0.1),
                document.steps().get("validate").get("retry"));
    }

    @Test
    public void jsonIsTheSameDocument() {
        WorkflowDocument yaml = WorkflowDocument.of(Texts.tree(GOOD), SourceMap.NONE);
        String json = new String(yaml.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(yaml.hash(), WorkflowDocument.of(Texts.tree(json), SourceMap.NONE).hash());
    }

    @Test
    public void jsonIndentedWithTabsAndWithEscapesIsRead() {
        Map<String, ?> tree =
                Texts.tree(
                        """
                        {
                        \t"workflow": "w",
                        \t"description": "a\\/b \\ud83d\\ude00\\n",
                        \t"version": 1.10,
                        \t"steps": {"a": {"task": "t"}}
                        }
                        """);
        assertEquals("a/b 😀\n", tree.get("description"));
        assertEquals("1.10", tree.get("version"));
    }

    @Test
    public void versionsAndDurationsAreReadAsWritten() {
        assertEquals("1.10", version("1.10"));
        assertEquals("1.0", version("1.0"));
        assertEquals("1", version("1"));
        assertEquals("1e3", version("1e3"));
        assertEquals("0x10", version("0x10"));
        assertEquals("2026-11-02", version("2026-11-02"));
        assertEquals("1.2.0", version("'1.2.0'"));
    }

    @Test
    public void numbersInTheInputOfAStepKeepTheirTypeWhateverTheirKey() {
        assertEquals(5L, value("5"));
        Map<String, ?> tree =
                Texts.tree(
                        "workflow: w\nsteps: {a: {task: t, input: {timeout: 5, version: 1.10,"
                                + " retry: {delay: 7}}}}\n");
        assertEquals(
                "{\"retry\":{\"delay\":7},\"timeout\":5,\"version\":1.1}",
                new String(
                        CanonicalJson.bytes(input(tree)), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    public void plainScalarsFollowTheCoreSchema() {
        for (String text :
                List.of(
                        "yes",
                        "no",
                        "on",
                        "off",
                        "y",
                        "1_000",
                        "0b11",
                        "1:30",
                        "2026-11-02",
                        "2026-11-02T10:00:00Z",
                        "0o8",
                        "0xg",
                        "1e",
                        "+",
                        "-",
                        ".",
                        "e3",
                        "nUll")) {
            assertEquals(text, value(text.equals("-") ? "'-'" : text));
        }
        assertEquals(15L, value("0o17"));
        assertEquals(17L, value("017"));
        assertEquals(31L, value("0x1F"));
        assertEquals(-5L, value("-5"));
        assertEquals(5L, value("+5"));
        assertEquals(1500.0, value("1.5e3"));
        assertEquals(0.5, value(".5"));
        assertEquals(1.0, value("1."));
        assertEquals(true, value("True"));
        assertEquals(false, value("FALSE"));
        assertEquals(null, value("~"));
        assertEquals(null, value(""));
        assertEquals("5", value("'5'"));
        assertEquals("true", value("\"true\""));
        assertEquals("5", value("!!str 5"));
        assertEquals("5", value("! 5"));
        assertEquals(5L, value("!!int '5'"));
        assertEquals(5L, value("!!float 5"));
        assertEquals(Arrays.asList(1L, null, "x"), value("!!seq [1, ~, x]"));
        assertEquals(Map.of("1", "a", "true", "b"), value("{1: a, true: b}"));
    }

    @Test
    public void blockTextsKeepTheirLines() {
        assertEquals(
                "one\ntwo\n",
                Texts.tree("workflow: w\ndescription: |\n  one\n  two\nsteps: {a: {task: t}}\n")
                        .get("description"));
    }

    @Test
    public void aByteOrderMarkAndWindowsLineEndsAreRead() {
        assertEquals(
                "content_validation", Texts.read("\uFEFF" + GOOD.replace("\n", "\r\n")).name());
        assertEquals(List.of(), Texts.problems("\uFEFF" + GOOD.replace("\n", "\r\n")));
    }

    private static Object version(String written) {
        return Texts.tree("workflow: w\nversion: " + written + "\nsteps: {a: {task: t}}\n")
                .get("version");
    }

    private static Object value(String written) {
        Map<String, ?> tree =
                Texts.tree(
                        "workflow: w\nsteps:\n  a:\n    task: t\n    input:\n      x: "
                                + written
                                + "\n");
        return ((Map<?, ?>) input(tree)).get("x");
    }

    private static Object input(Map<String, ?> tree) {
        Map<?, ?> step = (Map<?, ?>) ((Map<?, ?>) tree.get("steps")).get("a");
        return step.get("input");
    }
}
