package orchestrator.shell.input;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class InputsTest {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private static final DeclaredInputs TYPES =
            new DeclaredInputs(
                    Map.of(
                            "s", Map.of("type", "string"),
                            "i", Map.of("type", "integer"),
                            "n", Map.of("type", "number"),
                            "b", Map.of("type", "boolean"),
                            "a", Map.of("type", "array"),
                            "o", Map.of("type", "object")),
                    List.of());

    @Test
    public void readsDeclaredTypes() {
        assertEquals(
                Map.of(
                        "s",
                        "1.10",
                        "i",
                        12,
                        "n",
                        1.5,
                        "b",
                        false,
                        "a",
                        List.of(1),
                        "o",
                        Map.of("k", "v")),
                read("s=1.10", "i=12", "n=1.5", "b=false", "a=[1]", "o={\"k\":\"v\"}"));
        assertEquals(
                Map.of("s", "a=b", "i", 9_000_000_000L, "n", 2),
                read("s=a=b", "i=9000000000", "n=2"));
        assertEquals(Map.of("s", ""), read("s="));
    }

    @Test
    public void refusesAnotherType() {
        assertEquals("Expected an integer for 'i', but found '1.5'.", refusal("i=1.5"));
        assertEquals("Expected an integer for 'i', but found '1 2'.", refusal("i=1 2"));
        assertEquals("Expected a number for 'n', but found '1e999'.", refusal("n=1e999"));
        assertEquals("Expected true or false for 'b', but found 'yes'.", refusal("b=yes"));
        assertEquals(
                "Expected a list such as '[1, 2]' for 'a', but found '1,2'.", refusal("a=1,2"));
        assertEquals(
                "Expected an object such as '{\"a\": 1}' for 'o', but found '[]'.",
                refusal("o=[]"));
        assertEquals("Expected a number for 'n', but found ''.", refusal("n="));
    }

    @Test
    public void guessesWhatIsNotDeclared() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("x1", 3);
        expected.put("x2", true);
        expected.put("x3", List.of("a"));
        expected.put("x4", "null");
        expected.put("x5", "\"quoted\"");
        expected.put("x6", "2026-11-23");
        expected.put("x7", "{broken");
        expected.put("x8", "1e999");
        assertEquals(
                expected,
                read(
                        "x1=3",
                        "x2=true",
                        "x3=[\"a\"]",
                        "x4=null",
                        "x5=\"quoted\"",
                        "x6=2026-11-23",
                        "x7={broken",
                        "x8=1e999"));
    }

    @Test
    public void refusesWordsThatAreNoInput() {
        assertEquals("Expected key=value, but found 'word'.", refusal("word"));
        assertEquals("Expected key=value, but found '=x'.", refusal("=x"));
        assertEquals(
                "Expected key=value, but found '[1]'. Quote lists and objects: 'key=[1, 2]'.",
                refusal("[1]"));
        assertEquals("Expected each key once, but found 'i' again.", refusal("i=1", "i=2"));
    }

    @Test
    public void readsAFileRelativeToTheDirectory() throws IOException {
        Files.writeString(folder.newFile("in.json").toPath(), "{\"i\": 1, \"s\": \"file\"}");
        assertEquals(Map.of("i", 1, "s", "word"), whole("in.json", "s=word"));
    }

    @Test
    public void refusesAWholeThatIsNoObject() throws IOException {
        Files.writeString(folder.newFile("list.json").toPath(), "[1]");
        assertEquals(
                "Expected a JSON object in the file 'list.json', but found a list, not an object.",
                wholeRefusal("list.json"));
        assertEquals(
                "Expected a JSON object in --input, but found a list, not an object.",
                wholeRefusal("[1]"));
        folder.newFolder("sub");
        assertTrue(
                wholeRefusal("sub"),
                wholeRefusal("sub")
                        .startsWith(
                                "Expected a JSON object in the file 'sub', but found: a folder ("));
        Files.writeString(folder.newFile("bad.json").toPath(), "{\n  \"a\": }");
        assertEquals(
                "Expected a JSON object in the file 'bad.json', but found: something that is no JSON (line 2, column 8).",
                wholeRefusal("bad.json"));
        assertTrue(
                wholeRefusal("none.json"),
                wholeRefusal("none.json")
                        .startsWith(
                                "Expected a JSON object in the file 'none.json', but found: no file there"));
        assertTrue(
                wholeRefusal("{\"a\":1,\"a\":2}").contains("found: the same key twice (line 1, "));
        assertTrue(
                wholeRefusal("{} {}")
                        .startsWith(
                                "Expected a JSON object in --input, but found: more than one value ("));
    }

    @Test
    public void refusesWhatIsTooDeepOrTooLarge() throws IOException {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertTrue(
                wholeRefusal(deep), wholeRefusal(deep).contains("more than 200 lists and objects"));
        Path large = folder.newFile("large.json").toPath();
        Files.writeString(large, "{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}");
        assertTrue(
                wholeRefusal("large.json")
                        .contains("more than the 2,097,152 that an input may have"));
    }

    private Map<String, Object> read(String... words) {
        return new Inputs(TYPES).read(null, List.of(words), folder.getRoot().toPath());
    }

    private Map<String, Object> whole(String whole, String... words) {
        return new Inputs(TYPES).read(whole, List.of(words), folder.getRoot().toPath());
    }

    private String refusal(String... words) {
        return assertThrows(IllegalArgumentException.class, () -> read(words)).getMessage();
    }

    private String wholeRefusal(String whole) {
        return assertThrows(IllegalArgumentException.class, () -> whole(whole)).getMessage();
    }
}
