package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.shell.Samples.SampleTask;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class CompletionTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    @Before
    public void engine() {
        engine.workflows.add(Samples.report("0.9.0", false));
        engine.workflows.add(Samples.report("1.0.0", true));
        engine.tasks.add(new SampleTask("read", "1", "b", 0, Optional.empty()));
        engine.runs.put("a1", Samples.run("a1"));
        engine.runs.put("b2", Samples.run("b2").in(RunStatus.FAILED, 10));
    }

    @Test
    public void completesNames() {
        assertEquals(List.of("report"), shell.complete("workflow:show", "re"));
        assertEquals(List.of("report"), shell.complete("workflow:run", ""));
        assertEquals(List.of("read"), shell.complete("task:run", "r"));
        assertEquals(List.of("report"), shell.complete("run:list", "--workflow", ""));
    }

    @Test
    public void completesRunsThatCanBeMeant() {
        assertEquals(List.of("a1", "b2"), shell.complete("run:status", ""));
        assertEquals(List.of("a1"), shell.complete("run:cancel", ""));
        assertEquals(List.of("b2"), shell.complete("run:retry", ""));
        assertEquals(List.of("a1"), shell.complete("run:migrate", ""));
        assertEquals(
                List.of("--dry-run", "--format", "--to"), shell.complete("run:migrate", "a1", ""));
        assertEquals(
                List.of("--format", "--input", "--wait"), shell.complete("run:retry", "b2", ""));
    }

    @Test
    public void completesWhatBelongsToWhatIsNamedBefore() {
        engine.workflows.add(Samples.broken());
        assertEquals(List.of("report"), shell.complete("workflow:run", ""));
        assertEquals(List.of("broken", "report"), shell.complete("workflow:show", ""));
        assertEquals(
                List.of("0.9.0", "1.0.0"),
                shell.complete("workflow:show", "report", "--version", ""));
        assertEquals(List.of("1.0.0"), shell.complete("run:migrate", "a1", "--to", "1"));
        assertEquals(
                List.of("read", "run", "write"),
                shell.complete("run:status", "a1", "--output", ""));
    }

    @Test
    public void completesWhatFollowsATask() {
        assertEquals(List.of("read"), shell.complete("task:parallel", ""));
        List<String> words = shell.complete("task:parallel", "read", "path=/a", "");
        assertTrue(words.toString(), words.containsAll(List.of("read", "--concurrency")));
        assertTrue(words.toString(), !words.contains("--input"));
        assertEquals(List.of("a1", "b2"), shell.complete("run:state", ""));
        assertEquals(List.of("a1"), shell.complete("run:save", ""));
        assertEquals(
                List.of("--format", "--input", "--remove"), shell.complete("run:save", "a1", ""));
        assertEquals(List.of("a1"), shell.complete("run:progress", ""));
        assertEquals(List.of("75"), shell.complete("run:progress", "a1", "7"));
        assertEquals(List.of("--format"), shell.complete("run:progress", "a1", "40", "--"));
        assertEquals(List.of("json", "table"), shell.complete("run:count", "--format", ""));
        assertEquals(List.of("--format", "--help"), shell.complete("orchestrator:doctor", "--"));
    }

    @Test
    public void completesTheSignalsThatARunWaitsFor() {
        engine.runs.put(
                "a1",
                Samples.run("a1")
                        .with(
                                Samples.waiting("ask", "signal:reviewed"),
                                Samples.step("write", StepStatus.RUNNING, null)));
        assertEquals(List.of("reviewed"), shell.complete("run:signal", "a1", ""));
        assertEquals(List.of("--input"), shell.complete("run:signal", "a1", "reviewed", "--i"));
    }

    @Test
    public void completesInputsThatAreStillToGive() {
        assertEquals(
                List.of(
                        "--concurrency",
                        "--format",
                        "--input",
                        "--key",
                        "--priority",
                        "--timeout",
                        "--wait",
                        "limit=",
                        "path="),
                shell.complete("workflow:run", "report", ""));
        assertEquals(List.of("limit="), shell.complete("workflow:run", "report", "path=/a", "l"));
        assertEquals(
                List.of(
                        "--concurrency",
                        "--format",
                        "--input",
                        "--key",
                        "--priority",
                        "--timeout",
                        "--wait",
                        "limit="),
                shell.complete("workflow:run", "--wait", "report", "path=/a", ""));
    }

    @Test
    public void completesOptionsAndTheirValues() {
        assertEquals(List.of("json", "table"), shell.complete("run:list", "--format", ""));
        assertEquals(List.of("json", "table"), shell.complete("run:status", "a1", "--format", ""));
        assertEquals(List.of("FAILED"), shell.complete("run:list", "--status", "F"));
        assertEquals(List.of("1d", "1h", "7d"), shell.complete("run:list", "--since", ""));
        assertTrue(shell.complete("run:list", "--w").contains("--watch"));
        assertEquals(List.of("FAILED,PAUSED"), shell.complete("run:list", "--status", "FAILED,P"));
        assertEquals(List.of("--follow", "--format"), shell.complete("run:status", "a1", "--fo"));
        assertEquals(List.of("--at"), shell.complete("run:history", "a1", "--a"));
        assertEquals(List.of("a1", "b2"), shell.complete("run:debug", ""));
        assertTrue(shell.complete("run:cancel", "--r").contains("--reason"));
        assertEquals(List.of("--apply", "--format"), shell.complete("orchestrator:repair", ""));
        assertEquals(List.of("--format"), shell.complete("orchestrator:check", ""));
        assertEquals(List.of("FAILED"), shell.complete("orchestrator:cleanup", "--status", "F"));
        assertTrue(shell.complete("orchestrator:cleanup", "--o").contains("--older-than"));
    }

    @Test
    public void completesLabels() {
        engine.runs.put("c3", Samples.run("c3").labelled("team", "blue"));
        assertEquals(List.of("team=blue"), shell.complete("run:list", "--label", "te"));
    }

    @Test
    public void offersNothingWhenTheEngineFails() {
        engine.onLook = run -> run;
        engine.workflows.add(null);
        assertEquals(List.of(), shell.complete("workflow:show", ""));
    }
}
