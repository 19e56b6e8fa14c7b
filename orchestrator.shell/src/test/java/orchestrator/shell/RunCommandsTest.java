package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.Samples.SampleEntry;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class RunCommandsTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    @Before
    public void runs() {
        engine.runs.put("c3", Samples.run("c3"));
        engine.runs.put("ab2", Samples.run("ab2").in(RunStatus.FAILED, 80));
        engine.runs.put("aa1", Samples.run("aa1").in(RunStatus.COMPLETED, 100));
    }

    @Test
    public void listsRunsAsATable() throws Exception {
        List<String> lines = shell.run("run:list").lines().map(String::stripTrailing).toList();
        assertEquals(5, lines.size());
        assertTrue(
                lines.get(0),
                lines.get(0).startsWith("Run | Workflow | Status")
                        || lines.get(0).startsWith("Run │ Workflow │ Status"));
        assertTrue(
                lines.get(3),
                lines.get(3).matches("ab2 . report   . FAILED    . 80%  .*the disk is full"));
    }

    @Test
    public void listsRunsAsJsonWithIsoInstants() throws Exception {
        JsonNode page = json("run:list --format json");
        assertEquals(3, page.get("runs").size());
        assertEquals("2026-11-01T10:00:00Z", page.at("/runs/0/created").asText());
        assertEquals("the disk is full", page.at("/runs/1/error").asText());
        assertTrue(page.get("next").isNull());
    }

    @Test
    public void handsTheFilterOn() throws Exception {
        JsonNode page =
                json(
                        "run:list --status failed,Completed --workflow report --limit 1 --format json");
        assertEquals(Set.of(RunStatus.FAILED, RunStatus.COMPLETED), engine.filter.statuses());
        assertEquals("report", engine.filter.workflow().orElseThrow());
        assertEquals("ab2", page.at("/runs/0/id").asText());
        assertEquals("cursor", page.get("next").asText());
        assertTrue(shell.run("run:list --limit 2").contains("run:list --after cursor"));
        shell.run("run:list --after cursor");
        assertEquals("cursor", engine.filter.after().orElseThrow());
    }

    @Test
    public void leavesOutWhatRunsStartedUnlessItIsAskedFor() throws Exception {
        shell.run("run:list");
        assertEquals("", engine.filter.parent().orElseThrow());
        shell.run("run:list --status failed");
        assertEquals(Optional.empty(), engine.filter.parent());
        shell.run("run:list --workflow report");
        assertEquals(Optional.empty(), engine.filter.parent());
        shell.run("run:list --children c");
        assertEquals("c3", engine.filter.parent().orElseThrow());
        assertTrue(failure("run:list --children nobody").contains("'nobody'"));
    }

    @Test
    public void refusesUnknownStatusesFormatsAndOptions() {
        assertEquals(
                "Expected one of the statuses QUEUED, RUNNING, WAITING, PAUSED, COMPLETED, FAILED, CANCELLED, but found 'done'.",
                failure("run:list --status done"));
        assertEquals(
                "Expected the format table or json, but found 'xml'.",
                failure("run:list --format xml"));
        assertEquals(
                "Expected a number from 1 to 1,000 after --limit, but found '0'.",
                failure("run:list --limit 0"));
        assertEquals(
                "Expected one of the options --follow, --format, --output, but found '--jsn'.",
                failure("run:status c3 --jsn"));
        assertEquals("Expected one run, but found 3.", failure("run:status c3 x y"));
        assertEquals("Expected one run, but found 2.", failure("run:debug c3 x"));
        assertEquals(
                "Expected a value after the option --format, but found none.",
                failure("run:status c3 --format"));
        assertEquals(
                "Expected a number from 1 to 10,000 after --limit, but found 'x'.",
                failure("run:history c3 --limit x"));
    }

    @Test
    public void showsOneRun() throws Exception {
        String text = shell.run("run:status c3");
        assertTrue(text, text.contains("Workflow   report 1.0.0\n"));
        assertTrue(text, text.contains("Status     RUNNING 40%\n"));
        assertTrue(text, text.contains("(2026-11-01 10:00:00 UTC)"));
        assertTrue(text, text.contains("Input      {\"path\":\"/tmp\"}"));
        assertTrue(text, text.lines().anyMatch(line -> line.matches("write . RUNNING .*page 3 *")));
        assertFalse("no colours on a connection", text.contains("\u001b"));
    }

    @Test
    public void showsOneRunAsJsonWhereverTheOptionStands() throws Exception {
        JsonNode before = json("run:status --format json c3");
        JsonNode after = json("run:status c3 --format=json");
        assertEquals(before, after);
        assertEquals("RUNNING", after.get("status").asText());
        assertEquals("page 3", after.at("/steps/1/message").asText());
        assertEquals("/tmp", after.at("/input/path").asText());
        assertTrue(after.get("ended").isNull());
    }

    @Test
    public void showsWhatAStepPutOut() throws Exception {
        assertEquals(12, json("run:status c3 --output read").get("documents").asInt());
        assertEquals(
                "Expected a step with an output, but 'write' has none.",
                failure("run:status c3 --output write"));
    }

    @Test
    public void takesTheBeginningOfAnId() throws Exception {
        assertEquals("ab2", json("run:status ab --format json").get("id").asText());
        assertEquals(
                "Expected the id of one run, but found 'a', with which 2 begin: ab2, aa1.",
                failure("run:status a"));
        assertEquals(
                "Expected the id of a run, or the beginning of one among the newest 1,000, but found 'x'; run:list shows them.",
                failure("run:status x"));
    }

    @Test
    public void theBeginningOfAnIdMeansTheParentAndNotItsChildren() throws Exception {
        engine.runs.put("p7", Samples.run("p7"));
        engine.runs.put("p7.01", Samples.run("p7.01").startedBy("p7"));
        engine.runs.put("p7.02", Samples.run("p7.02").startedBy("p7"));
        assertEquals("p7", json("run:status p --format json").get("id").asText());
        JsonNode child = json("run:status p7.02 --format json");
        assertEquals("p7", child.get("parent").asText());
        assertTrue(shell.run("run:status p7.02").contains("Parent     p7"));
        assertEquals("p7.01", json("run:status p7.01 --format json").get("id").asText());
        assertEquals(
                "Expected the id of one run, but found 'p7.', with which 2 begin: p7.01, p7.02.",
                failure("run:status p7."));
    }

    @Test
    public void retriesARunWithWhatIsChanged() throws Exception {
        String text = shell.run("run:retry ab path=/b read.limit=3");
        assertEquals("Started run new1. run:status new1 shows it.", text.strip());
        assertEquals("ab2", engine.start.name());
        assertEquals(Map.of("path", "/b"), engine.retried.input());
        assertEquals(Map.of("read", Map.of("limit", 3)), engine.retried.stepInputs());
        assertEquals("new1", json("run:retry ab2 --format json").get("id").asText());
        assertEquals(
                "Expected step.key=value with one of the steps read, write, but found 'step_99.x': there is no step step_99.",
                failure("run:retry ab2 step_99.x=1"));
        assertTrue(failure("run:retry nobody").contains("'nobody'"));
        assertTrue(failure("run:retry ab2 path").contains("Expected key=value"));
    }

    @Test
    public void migratesARunOrShowsWhatWouldChange() throws Exception {
        String dry = shell.run("run:migrate c3 --dry-run");
        assertTrue(dry, dry.contains("task: a"));
        assertTrue(dry, dry.contains("(workflow) │ changed │         │ output.total: ${sum} → "));
        assertTrue(dry, dry.contains("This was a dry run"));
        String done = shell.run("run:migrate c3");
        assertTrue(done, done.contains("Run c3 goes on with version 2.0.0 (before: 1.0.0)."));
        JsonNode tree = json("run:migrate c3 --to 2.1 --dry-run --format json");
        assertEquals("2.1", tree.get("to").asText());
        assertFalse(tree.get("done").asBoolean());
        assertEquals("changed", tree.at("/changes/0/change").asText());
        assertEquals("output.total: ${sum} → ${count}", tree.at("/differences/0").asText());
        assertEquals("Expected another version", failure("run:migrate c3 --to 1.0.0"));
    }

    @Test
    public void saysWhyARunStandsWhereItStands() throws Exception {
        String text = shell.run("run:debug c3");
        assertTrue(text, text.contains("Run c3 of report 1.0.0 is RUNNING.\n"));
        assertTrue(text, text.contains("- Step 'mail' waits for task 'mail.send'.\n"));
        assertTrue(text, text.lines().anyMatch(line -> line.matches("3 .*mail.*5s.*no route *")));
        JsonNode tree = json("run:debug c3 --format json");
        assertEquals("task", tree.at("/why/0/code").asText());
        assertEquals(5000, tree.at("/timeline/0/tookMillis").asInt());
    }

    @Test
    public void showsWhereARunStoodAfterAnEntry() throws Exception {
        List<HistoryEntry> journal = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            journal.add(new SampleEntry(i, "Noted", Samples.START.plusSeconds(10 + i), Map.of()));
        }
        engine.history.put("c3", journal);
        String text = shell.run("run:history c3 --at 7");
        assertTrue(text, text.startsWith("As of entry 7 of 9, 2026-11-01 10:00:17 UTC:\nRun "));
        assertTrue(text, text.contains("Status     WAITING 7%"));
        assertTrue(text, text.contains("Created    17s ago (2026-11-01 10:00:00 UTC)\n"));
        assertTrue(text, text.contains("Took       12s\n"));
        assertEquals(7, json("run:history c3 --at 7 --format json").get("progress").asInt());
        assertEquals(
                "Expected a number from 1 to 9 after --at, but found '10'.",
                failure("run:history c3 --at 10"));
        assertEquals(
                "Expected a number from 1 to 9 after --at, but found 'x'.",
                failure("run:history c3 --at x"));
    }

    @Test
    public void saysWhatWentWrongInAStepThatIsTriedAgain() throws Exception {
        engine.runs.put("r5", Samples.run("r5").with(Samples.retrying("mail", "smtp: no route")));
        String text = shell.run("run:status r5");
        assertTrue(text, text.contains(": attempt 2, after smtp: no route"));
    }

    @Test
    public void saysWhatARunWasStartedWithIfAnybodySaidSo() throws Exception {
        assertFalse(shell.run("run:status c3").contains("Priority"));
        engine.history.put(
                "c3",
                List.of(
                        new SampleEntry(
                                1,
                                "RunCreated",
                                Samples.START,
                                Map.of(
                                        "priority",
                                        5,
                                        "concurrency",
                                        3,
                                        "deadline",
                                        "2026-11-01T10:30:00Z"))));
        String text = shell.run("run:status c3");
        assertTrue(text, text.contains("\nTimeout    30m 0s\nPriority   5\nAt once    3\n"));
    }

    @Test
    public void followsARunLineByLineWhereThereIsNoTerminal() throws Exception {
        int[] looks = new int[1];
        engine.onLook =
                run -> {
                    looks[0]++;
                    return looks[0] < 4 ? run : run.in(RunStatus.COMPLETED, 100);
                };
        String text = shell.run("run:status c3 --follow");
        assertEquals(
                List.of("c3 RUNNING 40%", "read COMPLETED", "write RUNNING", "c3 COMPLETED 100%"),
                text.lines().toList());
        assertFalse(text.contains("\u001b"));
    }

    @Test
    public void showsWhatARunGives() throws Exception {
        engine.runs.put("d4", Samples.run("d4").giving(java.util.Map.of("sum", 3)));
        assertEquals(3, json("run:status d4 --output run").get("sum").asInt());
        assertEquals(
                "Expected a run that has completed and gives something, but this one is RUNNING.",
                failure("run:status c3 --output run"));
    }

    @Test
    public void showsTheJournal() throws Exception {
        engine.history.put(
                "c3",
                List.of(
                        new SampleEntry(1, "RunCreated", Samples.START, Map.of("by", "karaf")),
                        new SampleEntry(
                                2, "StepCompleted", Samples.START, Map.of("step", "read"))));
        String text = shell.run("run:history c3");
        assertTrue(
                text,
                text.lines()
                        .anyMatch(
                                line ->
                                        line.matches(
                                                "2     .*StepCompleted.*\\{\"step\":\"read\"\\} *")));
        assertTrue(shell.run("run:history c3 --limit 1").contains("run:history c3 --from 2"));
        JsonNode journal = json("run:history c3 --from 2 --format json");
        assertEquals("c3", journal.get("run").asText());
        assertEquals(1, journal.get("entries").size());
        assertEquals("read", journal.at("/entries/0/body/step").asText());
        assertEquals(
                "Expected a number from 1 to 9,223,372,036,854,765,807 after --from, but found '0'.",
                failure("run:history c3 --from 0"));
    }

    @Test
    public void showsTheLogWithoutControlCharacters() throws Exception {
        engine.logs.put(
                "c3",
                List.of(
                        new LogLine(
                                Samples.START, "WARNING", "read", 2, "odd \u001b[2Jline\nnext")));
        assertEquals(
                "2026-11-01 10:00:00 UTC WARNING read#2  odd  [2Jline next\n",
                shell.run("run:logs c3"));
        JsonNode log = json("run:logs c3 --format json");
        assertEquals("odd \u001b[2Jline\nnext", log.at("/lines/0/text").asText());
        assertEquals("Its tasks have logged nothing.\n", shell.run("run:logs aa1"));
    }

    @Test
    public void steersARun() throws Exception {
        assertEquals("Run c3 is paused.\n", shell.run("run:pause c3"));
        assertEquals(RunStatus.PAUSED, engine.runs.get("c3").status());
        assertEquals("Run c3 goes on.\n", shell.run("run:resume c"));
        engine.runs.put("d4", Samples.run("d4"));
        JsonNode result = json("run:cancel c3 --reason 'wrong input' --format json");
        assertTrue(result.get("accepted").asBoolean());
        assertEquals("Run c3 is cancelled (wrong input).", result.get("message").asText());
        assertEquals(
                "Run d4 is cancelled () and undone.\n", shell.run("run:cancel d4 --compensate"));
        assertEquals("Expected a run that goes on, but found CANCELLED", failure("run:cancel c3"));
    }

    @Test
    public void signalsARun() throws Exception {
        assertEquals(
                "Run c3 has reviewed {by=Ada, score=0.9} as its own.\n",
                shell.run("run:signal c3 reviewed by=Ada score=0.9"));
        JsonNode result =
                json(
                        "run:signal c3 reviewed --input '{\"by\":\"Bob\"}' --message-id m1 --format json");
        assertEquals("Run c3 has reviewed {by=Bob} as m1.", result.get("message").asText());
        assertEquals(
                "Expected a run that goes on, but found FAILED",
                failure("run:signal ab2 reviewed"));
    }

    @Test
    public void keepsValuesWithARun() throws Exception {
        assertEquals(
                "No values are kept with it. run:save ID name=value keeps one.\n",
                shell.run("run:state aa1"));
        assertEquals(
                "Run c3 keeps {owner=Ada, ticket=4711}.\n",
                shell.run("run:save c3 owner=Ada ticket=4711"));
        List<String> lines = shell.run("run:state c3").lines().map(String::stripTrailing).toList();
        assertEquals("Name   │ Value", lines.get(0));
        assertEquals(List.of("owner  │ \"Ada\"", "ticket │ 4711"), lines.subList(2, 4));
        JsonNode state = json("run:state c3 --format json");
        assertEquals("c3", state.get("run").asText());
        assertEquals(4711, state.at("/values/ticket").asInt());
        assertTrue(
                json("run:save c3 --remove owner --input '{\"b\": [1]}' --format json")
                        .get("accepted")
                        .asBoolean());
        assertEquals(Map.of("ticket", 4711, "b", List.of(1)), engine.saved);
        assertEquals(
                "Expected key=value, --input or --remove, but found none of them.",
                failure("run:save c3"));
        assertEquals(
                "Expected each value to be kept or removed, but found both for 'b'.",
                failure("run:save c3 b=1 --remove b"));
        assertEquals("Expected a run that goes on, but found FAILED", failure("run:save ab2 b=1"));
    }

    @Test
    public void saysHowFarARunHasCome() throws Exception {
        assertEquals(
                "Run c3 is at 40% (half of the pages).\n",
                shell.run("run:progress c3 40 half of the pages"));
        assertEquals(
                "Run c3 is at 0% ().",
                json("run:progress c3 0 --format json").get("message").asText());
        assertEquals(
                "Expected a number from 0 to 100 after the run's id, but found '101'.",
                failure("run:progress c3 101"));
        assertEquals(
                "Expected a run that goes on, but found FAILED", failure("run:progress ab2 5"));
    }

    @Test
    public void saysWhatTheTasksOfARunDoThatTheyShouldNot() throws Exception {
        assertFalse(shell.run("run:status c3").contains("! "));
        engine.runs.put("c3", Samples.run("c3").complaining("Its body ignores its\ninterrupt"));
        String text = shell.run("run:status c3");
        assertTrue(text, text.endsWith("\n! Its body ignores its interrupt.\n"));
        assertEquals(
                "Its body ignores its\ninterrupt",
                json("run:status c3 --format json").at("/complaints/0").asText());
    }

    @Test
    public void countsRunsByStatus() throws Exception {
        List<String> lines = shell.run("run:count").lines().map(String::stripTrailing).toList();
        assertEquals("Status    │ Runs", lines.get(0));
        assertTrue(lines.toString(), lines.contains("RUNNING   │ 1"));
        assertTrue(lines.toString(), lines.contains("PAUSED    │ 0"));
        assertEquals("3 runs in all.", lines.get(lines.size() - 1));
        JsonNode counts = json("run:count --format json");
        assertEquals(1, counts.get("FAILED").asInt());
        assertEquals(RunStatus.values().length, counts.size());
    }

    private String failure(String command) {
        return assertThrows(CommandException.class, () -> shell.run(command)).getNiceHelp();
    }

    private JsonNode json(String command) throws Exception {
        return new ObjectMapper().readTree(shell.run(command));
    }
}
