package orchestrator.definitions;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import orchestrator.api.definition.InvalidWorkflowException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is said about a broken file, and where. */
public class BadFilesTest {
    private static final String KEYS_OF_A_STEP =
            "after, bundle, cache, compensate, concurrency, description, failedItems, forEach, heartbeat, input, join,"
                    + " onFailure, queueTimeout, repeat, retry, stepTimeout, task, timeout, wait, waitFor, when, workflow";

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anEmptyFile() {
        String expected = "f.yaml, line 1, column 1: Expected a workflow, but found an empty file.";
        assertSaid("", expected);
        assertSaid("# nothing but a comment\n", expected);
    }

    @Test
    public void aRootThatIsNoObject() {
        String expected =
                "f.yaml, line 1, column 1: Expected an object with the keys 'workflow' and 'steps', but found ";
        assertSaid("- a\n", expected + "a list.");
        assertSaid("hello\n", expected + "'hello'.");
        assertSaid("--- ~\n", expected.replace("column 1", "column 5") + "'~'.");
    }

    @Test
    public void tabs() {
        assertSaid(
                "workflow: w\nsteps:\n\ta:\n\t\ttask: t\n",
                "f.yaml, line 3, column 1: Expected spaces, but found a tab; indent with spaces.");
        assertSaid(
                "workflow: w\nsteps:\n  a:\n  \ttask: t\n",
                "f.yaml, line 4, column 3: Expected spaces, but found a tab; indent with spaces.");
    }

    @Test
    public void syntax() {
        assertSaid(
                "workflow: 'abc\nsteps: 1\n",
                "f.yaml, line 1, column 11: Expected a closing quote for the text that begins here, but found none.");
        assertSaid(
                "workflow: w\nsteps: [1, 2\n",
                "f.yaml, line 3, column 1: Expected ',' or ']' to go on with or end what begins in line 2, column 8, but found the end of the file.");
        assertSaid(
                "workflow: w: x\n",
                "f.yaml, line 1, column 12: Expected a value without ': ', but found another key; put it on a line of its own, or quote the text.");
        assertSaid(
                "workflow: w\nsteps:\n    a: 1\n  b: 2\n",
                "f.yaml, line 4, column 3: Expected the end of what begins in line 1, or a line indented like its others, but found a key that is indented otherwise; check the indentation.");
        assertSaid(
                "workflow: @x\n",
                "f.yaml, line 1, column 11: Expected a value, but found '@', which cannot begin one; quote the text.");
        assertSaid(
                "workflow: w\nsteps: - a\n",
                "f.yaml, line 2, column 8: Expected no '-', but found one; put each element of a list on a line of its own.");
        assertSaid(
                "{\"workflow\": \"w\" \"steps\": 1}\n",
                "f.yaml, line 1, column 18: Expected ',' or '}' to go on with or end what begins in line 1, column 1, but found a text.");
        assertSaid(
                "workflow: w\nsteps\n",
                "f.yaml, line 2, column 1: Expected ':' after the key that begins here, but found none.");
    }

    @Test
    public void aliasesAndAnchors() {
        assertSaid(
                "workflow: &name w\nsteps: *name\n",
                "f.yaml, line 1, column 11: Expected a value, but found the anchor '&name'; remove it.");
        assertSaid(
                "workflow: w\nsteps: *name\n",
                "f.yaml, line 2, column 8: Expected a value, but found the alias '*name'; write the value out.");
        assertSaid(
                "<<: {workflow: w}\n",
                "f.yaml, line 1, column 1: Expected a key, but found the merge key '<<'; write the entries out.");
    }

    @Test
    public void tags() {
        assertSaid(
                "workflow: !secret w\n",
                "f.yaml, line 1, column 11: Expected a plain value, but found the tag '!secret'; remove it.");
        assertSaid(
                "workflow: w\nsteps: !!set {a, b}\n",
                "f.yaml, line 2, column 8: Expected a plain value, but found the tag 'tag:yaml.org,2002:set'; remove it.");
        assertSaid(
                "workflow: w\nversion: !!int x\n",
                "f.yaml, line 2, column 10: Expected a value of the tag 'tag:yaml.org,2002:int', but found 'x'.");
        assertSaid(
                "workflow: w\n!foo steps: 1\n",
                "f.yaml, line 2, column 1: Expected a plain value, but found the tag '!foo'; remove it.");
    }

    @Test
    public void keysThatAreNoTexts() {
        assertSaid(
                "? [a]\n: b\n",
                "f.yaml, line 1, column 3: Expected a text as key, but found a list.");
        assertSaid(
                "{{a: 1}: 2}\n",
                "f.yaml, line 1, column 2: Expected a text as key, but found an object.");
        assertSaid(
                "workflow: w\n?\n: 1\n",
                "f.yaml, line 2, column 2: Expected a key before ':', but found nothing.");
    }

    @Test
    public void twoDocuments() {
        assertSaid(
                "workflow: w\n---\nworkflow: v\n",
                "f.yaml, line 2, column 1: Expected one document, but found another one after '---'.");
    }

    @Test
    public void duplicates() {
        assertSaid(
                "workflow: w\nsteps:\n  a:\n    task: t\n  b:\n    task: t\n  a:\n    task: u\n",
                "f.yaml, line 7, column 3: Expected each key once, but found 'a' again (first in line 3).");
        assertSaid(
                "{\"workflow\": \"w\",\n \"workflow\": \"v\"}",
                "f.yaml, line 2, column 2: Expected each key once, but found 'workflow' again (first in line 1).");
    }

    @Test
    public void whatIsNoText() throws IOException {
        byte[] bytes = "workflow: w\ndescription: caf#\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xE9;
        assertEquals(
                "f.yaml, line 2, column 17: Expected text in UTF-8, but found the byte 0xE9 that is none; save the file as UTF-8.",
                Texts.read(bytes).problems().get(0).toString());
        assertSaid(
                "workflow: w\r\nx: a\u0007\n",
                "f.yaml, line 2, column 5: Expected printable characters, but found U+0007; remove it or write it as an escape in double quotes.");
        assertSaid(
                "workflow: \"\\ud800\"\n",
                "f.yaml, line 1, column 11: Expected whole characters, but found half of a surrogate pair (\\ud800).");
        assertEquals(
                1, Texts.read("workflow: w".getBytes(StandardCharsets.UTF_16)).problems().size());
    }

    @Test
    public void tooManyLevels() {
        String deep = "workflow: w\nsteps: " + "[".repeat(10_000) + "]".repeat(10_000);
        assertSaid(
                deep, "f.yaml, line 2, column 207: Expected at most 200 levels, but found more.");
        String fits = "[".repeat(199) + "]".repeat(199);
        assertSaid(
                "workflow: w\nsteps: " + fits + "\n",
                "f.yaml, line 2, column 1: steps: Expected an object, but found a list.");
    }

    @Test
    public void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path large = folder.newFile("large.workflow.yaml").toPath();
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(100_000_000);
        }
        WorkflowFile read = WorkflowFile.read(large);
        assertEquals("large", read.name());
        assertEquals(
                "large.workflow.yaml: Expected a workflow file of at most 4,194,304 bytes, but found 100,000,000 bytes.",
                read.problems().get(0).toString());
    }

    @Test
    public void aStreamIsReadToItsLimitAndNotFurther() {
        EndlessStream endless = new EndlessStream();
        WorkflowFile read = WorkflowFile.read("plugin/OSGI-INF/a.yaml", endless);
        assertEquals(
                "plugin/OSGI-INF/a.yaml: Expected a workflow file of at most 4,194,304 bytes, but found more.",
                read.problems().get(0).toString());
        assertEquals("a", read.name());
        assertEquals(4_194_305, endless.read);
    }

    @Test
    public void filesThatAreNone() throws IOException {
        assertEquals(
                "x.workflow.yaml: Expected a file, but found a directory or a device.",
                WorkflowFile.read(folder.newFolder("x.workflow.yaml").toPath())
                        .problems()
                        .get(0)
                        .toString());
        assertEquals(
                "y.workflow.yaml: Expected a file, but found nothing.",
                WorkflowFile.read(folder.getRoot().toPath().resolve("y.workflow.yaml"))
                        .problems()
                        .get(0)
                        .toString());
    }

    @Test
    public void unknownKeysNameTheNearest() {
        assertSaid(
                "workflow: w\nstep: 1\nsteps:\n  a:\n    tsak: t\n    task: t\n",
                "f.yaml, line 2, column 1: step: Expected one of the keys description, input, onFailure, output, priority, steps, timeout, version, workflow, but found 'step'. Did you mean 'steps'?",
                "f.yaml, line 5, column 5: steps.a.tsak: Expected one of the keys "
                        + KEYS_OF_A_STEP
                        + ", but found 'tsak'. Did you mean 'task'?");
    }

    @Test
    public void aStepRunsATaskOrAWorkflow() {
        assertSaid(
                "workflow: w\nsteps:\n  a:\n    task: t\n    workflow: v\n",
                "f.yaml, line 5, column 5: steps.a.workflow: Expected either 'task' or 'workflow', but found both.");
        assertSaid(
                "workflow: w\nsteps:\n  a:\n    workflow: 1v\n",
                "f.yaml, line 4, column 5: steps.a.workflow: Expected a name that matches [A-Za-z][A-Za-z0-9._:/-]{0,199}, but found '1v'.");
    }

    @Test
    public void missingKeysAreSaidWhereTheyBelong() {
        assertSaid(
                "description: d\nsteps:\n  a:\n    after: []\n",
                "f.yaml, line 3, column 3: steps.a: Expected one of the keys 'task', 'workflow', 'wait' and 'waitFor', but all are missing.",
                "f.yaml, line 1, column 1: Expected the key 'workflow', but it is missing.");
    }

    @Test
    public void theGraph() {
        assertSaid(
                "workflow: w\nsteps:\n  a: {task: t, after: c}\n  b: {task: t, after: a}\n  c:\n    task: t\n    after: [b]\n",
                "f.yaml, line 3, column 16: steps.a.after: Expected an order without cycles, but found a → c → b → a (each after the next).");
        assertSaid(
                "workflow: w\nsteps:\n  a:\n    task: t\n    after: a\n",
                "f.yaml, line 5, column 5: steps.a.after: Expected another step, but 'a' comes after itself.");
        assertSaid(
                "workflow: w\nsteps:\n  load:\n    task: t\n  b:\n    task: t\n    after:\n      - load\n      - laod\n",
                "f.yaml, line 9, column 9: steps.b.after.1: Expected the name of a step, but found 'laod'. Did you mean 'load'?");
    }

    @Test
    public void everythingWrongIsSaidAtOnce() {
        assertSaid(
                "workflow: 5\nversion: true\ntimeout: 30\nsteps:\n  a: {task: t, retries: 3, timeout: 1.5}\n  B: {task: t, after: nobody}\n  input: {task: t, failedItems: yes}\n",
                "f.yaml, line 1, column 1: workflow: Expected a name that matches [A-Za-z][A-Za-z0-9._:/-]{0,199}, but found 5.",
                "f.yaml, line 2, column 1: version: Expected a version such as '1.2.0', written as a text, but found true.",
                "f.yaml, line 3, column 1: timeout: Expected a duration such as 500ms, 5s, 1h30m or 2d, but found '30'.",
                "f.yaml, line 5, column 16: steps.a.retries: Expected one of the keys "
                        + KEYS_OF_A_STEP
                        + ", but found 'retries'. Did you mean 'retry'?",
                "f.yaml, line 5, column 28: steps.a.timeout: Expected a duration such as 500ms, 5s, 1h30m or 2d, but found '1.5'.",
                "f.yaml, line 7, column 20: steps.input.failedItems: Expected one of continue, stop, but found 'yes'.",
                "f.yaml, line 7, column 20: steps.input.failedItems: Expected 'forEach' beside 'failedItems'.",
                "f.yaml, line 6, column 3: steps.B: Expected a step name of lower-case letters, digits and '_', beginning with a letter, but found 'B'.",
                "f.yaml, line 7, column 3: steps.input: Expected another step name, but found 'input', which means something else in expressions.",
                "f.yaml, line 6, column 16: steps.B.after: Expected the name of a step, but found 'nobody'.");
    }

    @Test
    public void aPriorityIsAWholeNumber() {
        String file = "workflow: w\npriority: %s\nsteps:\n  a: {task: t}\n";
        String expected =
                "f.yaml, line 2, column 1: priority: Expected an integer from -2,147,483,648 to 2,147,483,647, but found ";
        assertSaid(file.formatted("high"), expected + "'high'.");
        assertSaid(file.formatted("1.5"), expected + "1.5.");
        assertSaid(file.formatted("2147483648"), expected + "2147483648.");
    }

    @Test
    public void numbersThatCannotBeKept() {
        String step = "workflow: w\nsteps:\n  a:\n    task: t\n    input:\n      x: ";
        String expected =
                "f.yaml, line 6, column 7: steps.a.input.x: Expected a number that a double holds exactly (a larger one: as a text), but found ";
        assertSaid(step + ".inf\n", expected + "Infinity.");
        assertSaid(step + ".nan\n", expected + "NaN.");
        assertSaid(step + "9007199254740993\n", expected + "9007199254740993.");
        assertSaid(step + "1e999\n", expected + "Infinity.");
        assertSaid(
                step + "1".repeat(100_000) + "\n",
                "f.yaml, line 6, column 10: Expected a number of at most 400 characters, but found one of 100,000; quote it if it is a text.");
    }

    @Test
    public void aMessageIsOneLineWhateverWasFound() {
        for (String text :
                List.of(
                        "workflow: \"a\\nERROR faked\"\nsteps: {a: {task: t}}\n",
                        "workflow: w\n\"ERROR\\n\\rfaked\": 1\nsteps: {a: {task: t}}\n",
                        "workflow: w\nsteps: {\"x\\ny\": {task: t}}\n",
                        "workflow: w\nsteps: {a: {task: t, timeout: \"5\\n6\"}}\n",
                        "workflow: w\nsteps: {a: {task: t}}\n\"k\\nk\": 1\n\"k\\nk\": 2\n",
                        "workflow: w\nsteps: {a: {task: t, after: \"x\\ny\"}}\n",
                        "workflow: w\nsteps: {a: {task: t, forEach: x, failedItems: \""
                                + "z".repeat(1_000_000)
                                + "\"}}\n")) {
            List<String> problems = Texts.problems(text);
            assertEquals(problems.toString(), 1, problems.size());
            assertTrue(problems.get(0), problems.get(0).lines().count() == 1);
            assertTrue(problems.get(0), problems.get(0).length() < 600);
        }
    }

    @Test
    public void aBrokenFileIsAWorkflowThatSaysSo() {
        WorkflowFile file = Texts.read("workflow: w\nsteps:\n\ta: 1\n");
        assertEquals("w", file.name());
        InvalidWorkflowException thrown =
                assertThrows(InvalidWorkflowException.class, () -> WrittenDocument.of(file));
        assertEquals(file.problems(), thrown.problems());
    }

    @Test
    public void theNameOfABrokenFileIsThatOfTheFileIfItTellsNone() {
        assertEquals("f", Texts.read("steps: 1\n").name());
        assertEquals("f", Texts.read("workflow: [w]\n").name());
        assertEquals("f", Texts.read("workflow: two words\n").name());
        assertEquals("w", Texts.read("workflow: w\n{").name());
    }

    private static void assertSaid(String text, String... expected) {
        assertArrayEquals(
                String.join("\n", Texts.problems(text)),
                Arrays.stream(expected).toArray(),
                Texts.problems(text).toArray());
    }
}
