package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orchestrator.api.Workflow;
import orchestrator.api.definition.WorkflowReader;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowValidator;
import orchestrator.shell.Samples.SampleWorkflow;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code workflow:validate}, with a reader that takes the word {@code broken} for a mistake. */
public class ValidateTest {
    @Rule public final TemporaryFolder folder = new TemporaryFolder();
    @Rule public final Shell shell = new Shell(new Reader(), new Validator());

    private Path good;
    private Path bad;

    private record Text(String file, String content) implements Workflow {
        @Override
        public void describe(orchestrator.api.WorkflowBuilder builder) {
            builder.document(Map.of(), orchestrator.api.SourceMap.NONE);
        }
    }

    private static final class Reader implements WorkflowReader {
        @Override
        public Workflow read(String file, InputStream in) {
            try {
                return new Text(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Validator implements WorkflowValidator {
        @Override
        public WorkflowInfo validate(Workflow workflow) {
            Text text = (Text) workflow;
            SampleWorkflow info = Samples.report("1.0", false);
            return text.content.contains("broken")
                    ? Samples.broken("", "")
                            .withProblems(List.of(text.file + ", line 3, column 5: Expected y."))
                    : new SampleWorkflow(
                            text.content,
                            "1.0",
                            "",
                            info.hash(),
                            info.document(),
                            info.steps(),
                            List.of(),
                            List.of("mail.send", "workflow:other"),
                            false);
        }
    }

    @Before
    public void files() throws IOException {
        good = Files.writeString(folder.getRoot().toPath().resolve("good.workflow.yaml"), "fine");
        bad = Files.writeString(folder.getRoot().toPath().resolve("bad.json"), "broken");
        Files.writeString(folder.getRoot().toPath().resolve("other.txt"), "x");
    }

    @Test
    public void saysThatAFileIsSoundAndWarnsOfWhatIsMissing() throws Exception {
        String sound =
                "%s: ok, fine 1.0%n  Warning: no plugin offers task 'mail.send' now; runs would wait for it.%n  Warning: no workflow 'other' is registered now; runs would wait for it.%n";
        assertEquals(sound.formatted(good), shell.run("workflow:validate " + good));
        String url = good.toUri().toString();
        assertEquals(sound.formatted(url), shell.run("workflow:validate " + url));
    }

    @Test
    public void failsIfAFileIsBrokenAndSaysWhy() throws Exception {
        String failure = failure("workflow:validate %s %s".formatted(good, bad));
        assertEquals("Expected workflow files that can be used, but 1 of 2 is broken.", failure);
        assertTrue(
                shell.written(),
                shell.written()
                        .contains(bad + ": broken\n  bad.json, line 3, column 5: Expected y.\n"));
        failure("workflow:validate %s --format json".formatted(bad));
        JsonNode json = new ObjectMapper().readTree(shell.written());
        assertEquals(false, json.at("/files/0/ok").booleanValue());
        assertEquals(1, json.at("/files/0/problems").size());
    }

    @Test
    public void refusesWhatIsNoFile() {
        assertEquals(
                "Expected a workflow file, but found something else at '%s'."
                        .formatted(folder.getRoot()),
                failure("workflow:validate " + folder.getRoot()));
        assertTrue(failure("workflow:validate nowhere.yaml").contains("but found none at '"));
        assertTrue(failure("workflow:validate nowhere:x.yaml").contains("unknown protocol"));
        assertTrue(failure("workflow:validate file:/no/where").contains("cannot"));
    }

    @Test
    public void completesFoldersAndFilesThatMayBeMeant() {
        String root = folder.getRoot().toString();
        assertEquals(
                List.of(bad.toString(), good.toString()),
                shell.complete("workflow:validate", root + "/"));
        assertEquals(List.of(root + "/"), shell.complete("workflow:validate", root));
        assertEquals(List.of("src/"), shell.complete("workflow:validate", "sr"));
    }

    private String failure(String command) {
        return assertThrows(CommandException.class, () -> shell.run(command)).getMessage();
    }
}
