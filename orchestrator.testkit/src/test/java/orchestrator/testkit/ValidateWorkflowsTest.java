package orchestrator.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a build sees of sound and of broken workflow files. */
public class ValidateWorkflowsTest {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    public void theExampleIsSound() {
        assertEquals(0, validate("../orchestrator.examples.knowledge/src/main/workflow"));
        assertTrue(text(), text().contains(": ok, knowledge_processing 1.0.0"));
    }

    @Test
    public void aBrokenKeyIsToldWithItsPlaceAndTheNearestWord() throws IOException {
        file("a.workflow.yaml", "workflow: w\nsteps:\n  say: { tasc: t }\n");
        assertEquals(1, validate(folder.getRoot().getPath()));
        assertTrue(text(), text().contains("a.workflow.yaml, line 3, column 10"));
        assertTrue(text(), text().contains("Did you mean 'task'?"));
    }

    @Test
    public void aBrokenExpressionIsToldToo() throws IOException {
        Path file =
                file("a.yaml", "workflow: w\nsteps:\n  say: { task: t, when: \"input.x >\" }\n");
        assertEquals(1, validate(file.toString()));
        assertTrue(text(), text().contains("a.yaml, line 3, column"));
    }

    @Test
    public void twoFilesOfOneVersionAreToldByName() throws IOException {
        Path one = file("one.workflow.yaml", "workflow: w\nsteps:\n  say: { task: t }\n");
        Path two =
                file(
                        "two.workflow.json",
                        "{\"workflow\":\"w\",\"steps\":{\"a\":{\"task\":\"t\"}}}");
        assertEquals(1, validate(folder.getRoot().getPath()));
        assertTrue(text(), text().contains(two + ": broken"));
        assertTrue(text(), text().contains(one + " does too"));
    }

    @Test
    public void nothingToValidateIsAMistake() throws IOException {
        file("notes.txt", "no workflow");
        assertEquals(2, validate());
        assertEquals(2, validate(folder.getRoot().getPath()));
        assertEquals(2, validate("gone.workflow.yaml"));
        assertTrue(text(), text().contains("found none at 'gone.workflow.yaml'"));
    }

    private int validate(String... paths) {
        return ValidateWorkflows.validate(
                List.of(paths), new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.getRoot().toPath().resolve(name), text);
    }
}
