package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.Samples.SampleTask;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class WorkflowCommandsTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void workflows() {
        engine.workflows.add(Samples.broken());
        engine.workflows.add(Samples.report("0.9.0", false));
        engine.workflows.add(Samples.report("1.0.0", true));
        engine.tasks.add(
                new SampleTask("knowledge.read", "1.0.0", "knowledge", 2, Optional.empty()));
        engine.tasks.add(
                new SampleTask("odd", "0", "odd", 0, Optional.of("its constructor failed")));
    }

    @Test
    public void listsWorkflows() throws Exception {
        String text = shell.run("workflow:list");
        assertTrue(
                text,
                text.lines()
                        .anyMatch(line -> line.matches("broken .* broken .*line 3: Expected.*")));
        assertTrue(
                text,
                text.lines()
                        .anyMatch(
                                line ->
                                        line.matches(
                                                "report .*1\\.0\\.0 .* ok .*2 .*report.workflow.yaml.*")));
        JsonNode all = json("workflow:list --format json").get("workflows");
        assertEquals(3, all.size());
        assertTrue(all.get(2).get("current").asBoolean());
        assertEquals("knowledge.read", all.at("/2/document/steps/read/task").asText());
    }

    @Test
    public void sourcesOfTheSameVersionAreTold() throws Exception {
        assertFalse(shell.run("workflow:list").contains("Expected one source"));
        engine.workflows.add(Samples.report("1.0.0", false));
        String text = shell.run("workflow:list");
        assertTrue(
                text,
                text.contains(
                        "Expected one source of workflow report 1.0.0, but found 2: report.workflow.yaml, "
                                + "report.workflow.yaml. The one of report.workflow.yaml is in service;"));
        engine.workflows.add(Samples.report("0.9.0", false));
        assertTrue(shell.run("workflow:list").contains("report 0.9.0, but found 2"));
        assertTrue(shell.written().contains("None of them is in service"));
    }

    @Test
    public void showsAWorkflow() throws Exception {
        String text = shell.run("workflow:show report");
        assertTrue(
                text,
                text.startsWith(
                        "Workflow   report 1.0.0\nState      ok\nSource     report.workflow.yaml\n"));
        assertTrue(text, text.contains("\nPriority   5\n"));
        assertFalse(text, text.contains("Timeout"));
        assertTrue(text, text.lines().anyMatch(line -> line.matches("limit . integer . +. 10 .*")));
        assertTrue(
                text, text.lines().anyMatch(line -> line.matches("path  . string  . yes +. .*")));
        assertTrue(
                text,
                text.lines()
                        .anyMatch(
                                line ->
                                        line.matches(
                                                "write . knowledge.write . read  . retry attempts 3 *")));
        assertEquals(
                "0.9.0",
                json("workflow:show report --version 0.9.0 --format json").get("version").asText());
        assertTrue(
                shell.run("workflow:show broken").contains("Problem    line 3: Expected the key"));
    }

    @Test
    public void theFirstOfManyProblemsIsListed() throws Exception {
        Samples.SampleWorkflow broken = Samples.broken("many", "many.workflow.yaml");
        engine.workflows.add(broken.withProblems(List.of("line 1: first", "second", "third")));
        String text = shell.run("workflow:list");
        assertTrue(text, text.contains("line 1: first (and 2 more)"));
        assertFalse(text, text.contains("second"));
    }

    @Test
    public void showsHowItEndsAndWhatItsStepsTake() throws Exception {
        engine.workflows.add(
                Samples.report("2.0.0", true)
                        .withDocument(
                                Map.of(
                                        "steps",
                                        Map.of(
                                                "read",
                                                Map.of(
                                                        "task",
                                                        "knowledge.read",
                                                        "input",
                                                        Map.of("path", "${input.path}"),
                                                        "retry",
                                                        Map.of("attempts", 3))),
                                        "onFailure",
                                        Map.of("task", "mail.send"),
                                        "output",
                                        Map.of("sum", "${read.sum}"))));
        String text = shell.run("workflow:show report --version 2.0.0");
        assertTrue(text, text.contains("\nOn failure task mail.send\n"));
        assertTrue(text, text.contains("\nOutput     sum ${read.sum}\n"));
        assertTrue(
                text,
                text.lines()
                        .anyMatch(line -> line.matches("read . path  . \\$\\{input.path\\} *")));
        assertTrue(text, text.contains("retry attempts 3"));
    }

    @Test
    public void aBrokenUpdateIsSeenWhereTheWorkflowIsShown() throws Exception {
        assertFalse(shell.run("workflow:show report").contains("is broken"));
        engine.workflows.add(Samples.broken("report", "report.workflow.yaml"));
        String text = shell.run("workflow:show report");
        assertTrue(
                text,
                text.endsWith(
                        "\nAn update of this file is broken: line 3: Expected the key 'task', but it is missing.\n"));
        assertTrue(text, text.startsWith("Workflow   report 1.0.0\nState      ok\n"));
    }

    @Test
    public void namesWhatThereIs() {
        assertEquals(
                "Expected the name of a workflow, but found 'rapport'; there is broken, report.",
                failure("workflow:show rapport"));
        assertEquals(
                "Expected a version of workflow 'report', but found '7'; there is 0.9.0, 1.0.0.",
                failure("workflow:show report --version 7"));
    }

    @Test
    public void startsARunWithTypedInput() throws Exception {
        assertEquals(
                "Started run new1. run:status new1 shows it.\n",
                shell.run(
                        "workflow:run report path=1.10 limit=7 'tags=[\"a\",1]' deep=true note=1x --key k1"));
        assertEquals(
                Map.of(
                        "path",
                        "1.10",
                        "limit",
                        7,
                        "tags",
                        List.of("a", 1),
                        "deep",
                        true,
                        "note",
                        "1x"),
                engine.start.input());
        assertEquals("k1", engine.start.options().startKey().orElseThrow());
        assertEquals(
                "Run new1 was started with this key before. run:status new1 shows it.\n",
                shell.run("workflow:run report path=1 --key k1"));
        assertFalse(json("workflow:run report --key k1 --format json").get("new").asBoolean());
    }

    @Test
    public void takesWhatARunMayUse() throws Exception {
        shell.run("workflow:run report path=/a --priority 5 --timeout 30m --concurrency 3");
        assertEquals(Optional.of(5), engine.start.options().priority());
        assertEquals(Duration.ofMinutes(30), engine.start.options().timeout().orElseThrow());
        assertEquals(3, engine.start.options().maxConcurrency().orElseThrow().intValue());
        shell.run("workflow:run report path=/a");
        assertEquals(Optional.empty(), engine.start.options().maxConcurrency());
    }

    @Test
    public void saysWhatIsWrongWithALimit() {
        String priority = failure("workflow:run report path=/a --priority high");
        assertTrue(priority, priority.contains("--priority") && priority.contains("'high'"));
        assertEquals(
                "Expected a duration such as 500ms, 5s, 1h30m or 2d after --timeout, but found '5'.",
                failure("workflow:run report path=/a --timeout 5"));
        String room = failure("workflow:run report path=/a --concurrency 0");
        assertTrue(room, room.contains("--concurrency") && room.contains("0"));
    }

    @Test
    public void takesListsAndPathsAsTheyAreTyped() throws Exception {
        shell.run("workflow:run report path=/tmp/a-b.json limit=-1 'note=a b'");
        assertEquals(
                Map.of("path", "/tmp/a-b.json", "limit", -1, "note", "a b"), engine.start.input());
    }

    @Test
    public void takesAWholeObject() throws Exception {
        Path file = folder.newFile("input.json").toPath();
        Files.writeString(file, "{\"path\": \"/a\", \"limit\": 1}");
        shell.run("workflow:run report limit=2 --input " + file);
        assertEquals(Map.of("path", "/a", "limit", 2), engine.start.input());
        assertEquals(
                "new1",
                json("workflow:run --input '{\"path\":\"/b\"}' --format json report")
                        .get("id")
                        .asText());
        assertEquals(Map.of("path", "/b"), engine.start.input());
    }

    @Test
    public void refusesWrongInputBeforeAnythingStarts() {
        assertEquals(
                "Expected an integer for 'limit', but found 'many'.",
                failure("workflow:run report limit=many"));
        assertEquals("Expected key=value, but found 'path'.", failure("workflow:run report path"));
        assertEquals("Expected a workflow, but found 'rapport'.", failure("workflow:run rapport"));
        assertEquals(
                "Expected one of the options --concurrency, --format, --input, --key, --priority, --timeout, --wait, but found '--wiat'.",
                failure("workflow:run report --wiat"));
        assertEquals(null, engine.start);
    }

    @Test
    public void waitsForTheEnd() throws Exception {
        engine.onLook =
                run -> {
                    engine.end.complete(run.in(RunStatus.COMPLETED, 100));
                    return run;
                };
        assertEquals(
                "RUNNING 40% write: page 3\nRun new1 COMPLETED in 1m 5s.\n",
                shell.run("workflow:run report path=/a --wait"));
    }

    @Test
    public void failsWhenTheRunFails() {
        engine.end.complete(Samples.run("new1").in(RunStatus.FAILED, 60));
        assertEquals(
                "Run new1 of report ended FAILED: the disk is full; run:status new1 shows its steps.",
                failure("workflow:run report path=/a --wait"));
    }

    @Test
    public void failsWhenTheRunIsCancelledAndStillWritesItsJson() throws Exception {
        engine.end.complete(Samples.run("new1").in(RunStatus.CANCELLED, 60));
        assertEquals(
                "Run new1 of report ended CANCELLED; run:status new1 shows its steps.",
                failure("workflow:run report path=/a --wait --format json"));
        assertEquals(
                "CANCELLED", new ObjectMapper().readTree(shell.written()).get("status").asText());
    }

    @Test
    public void writesOneJsonDocumentWhenItWaits() throws Exception {
        engine.onLook =
                run -> {
                    engine.end.complete(run.in(RunStatus.COMPLETED, 100));
                    return run;
                };
        assertEquals(
                "COMPLETED",
                json("workflow:run report --wait --format json").get("status").asText());
    }

    @Test
    public void listsTasks() throws Exception {
        String text = shell.run("task:list");
        assertTrue(
                text,
                text.lines().anyMatch(line -> line.matches("odd .*its constructor failed *")));
        JsonNode all = json("task:list --format json").get("tasks");
        assertEquals(2, all.at("/0/running").asInt());
        assertEquals("its constructor failed", all.at("/1/problem").asText());
    }

    @Test
    public void runsATaskAndPrintsItsOutput() throws Exception {
        engine.end.complete(Samples.run("new1").in(RunStatus.COMPLETED, 100));
        String text = shell.run("task:run knowledge.read limit=5 --wait");
        assertEquals("[\n  1,\n  \"zwei\"\n]\nRun new1 COMPLETED in 1m 5s.\n", text);
        assertEquals(Map.of("limit", 5), engine.start.input());
        JsonNode run = json("task:run knowledge.read --wait --format json");
        assertEquals("zwei", run.at("/output/1").asText());
    }

    @Test
    public void runsTasksSideBySide() throws Exception {
        engine.end.complete(
                Samples.run("new1").in(RunStatus.COMPLETED, 100).giving(Map.of("task_1", 3)));
        String text =
                shell.run(
                        "task:parallel knowledge.read limit=5 path=/a --concurrency 2 mail.send knowledge.read path=/b --wait");
        assertTrue(text, text.startsWith("{\n  \"task_1\" : 3\n}\nRun new1 COMPLETED in "));
        assertEquals(
                List.of(
                        "knowledge.read {limit=5, path=/a}",
                        "mail.send {}",
                        "knowledge.read {path=/b}"),
                engine.requested.stream().map(r -> r.task() + " " + r.input()).toList());
        assertEquals(Optional.of(2), engine.start.options().maxConcurrency());
        assertEquals("new1", json("task:parallel mail.send --format json").get("id").asText());
        assertEquals(
                "Expected key=value, but found '=5'.", failure("task:parallel mail.send '=5'"));
        assertTrue(failure("task:parallel mail.send --input x").contains("'--input'"));
    }

    @Test
    public void saysWhenThereIsNothing() throws Exception {
        engine.workflows.clear();
        engine.tasks.clear();
        assertTrue(shell.run("workflow:list").startsWith("There are no workflows."));
        assertTrue(shell.run("task:list").startsWith("No plugin offers a task."));
        assertTrue(shell.run("run:list").startsWith("There are no such runs."));
        assertFalse(json("task:list --format json").get("tasks").elements().hasNext());
    }

    private String failure(String command) {
        return assertThrows(CommandException.class, () -> shell.run(command)).getNiceHelp();
    }

    private JsonNode json(String command) throws Exception {
        return new ObjectMapper().readTree(shell.run(command));
    }
}
