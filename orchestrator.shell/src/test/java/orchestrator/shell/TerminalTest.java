package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class TerminalTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    @Before
    public void runs() {
        engine.workflows.add(Samples.report("1.0.0", true));
        engine.runs.put("run-1", Samples.run("run-1").in(RunStatus.FAILED, 80));
    }

    @Test
    public void hasColoursOnATerminalAlone() throws Exception {
        Session terminal = shell.terminal(120);
        assertTrue(shell.run(terminal, "run:list").contains("\u001b[31mFAILED"));
        assertFalse(shell.run(terminal, "run:list | cat").contains("\u001b"));
        assertFalse(shell.run(terminal, "run:list --format json").contains("\u001b"));
        assertFalse(shell.run("run:list").contains("\u001b"));
    }

    @Test
    public void fitsTheTerminal() throws Exception {
        for (int width : new int[] {120, 80, 60, 50}) {
            String text =
                    shell.run(shell.terminal(width), "run:list")
                            .replaceAll("\u001b\\[[0-9;]*m", "");
            text.lines().forEach(line -> assertTrue(line, line.stripTrailing().length() <= width));
            assertTrue(text, text.contains("run-1") && text.contains("FAILED"));
        }
    }

    @Test
    public void shortensIdsToWhatTellsThemApartSoThatThereIsRoomForTheRest() throws Exception {
        String first = "01a2078928917bd8bdbb857ef1264580";
        String second = "01a20789289a7bd8bdbb857ef1264581";
        String alone = "01b20789289a7bd8bdbb857ef1264582";
        String child = alone + ".0123456789abcdef0123";
        for (String id : List.of(first, second, alone)) {
            engine.runs.put(id, Samples.run(id).in(RunStatus.FAILED, 80));
        }
        engine.runs.put(child, Samples.run(child).startedBy(alone));
        String text = shell.run(shell.terminal(80), "run:list").replaceAll("\u001b\\[[0-9;]*m", "");
        List<String> ids = text.lines().skip(3).map(line -> line.split(" ")[0]).toList();
        assertEquals(List.of("01a207892891", "01a20789289a", "01b20789"), ids);
        assertTrue(text, text.contains("the disk is full"));
        text.lines().forEach(line -> assertTrue(line, line.stripTrailing().length() <= 80));
        assertTrue(
                shell.run(shell.terminal(120), "run:list --children 01b20789")
                        .contains("\n" + alone + ".0123 "));
        assertTrue(shell.run("run:list").contains(first));
        assertTrue(shell.run(shell.terminal(80), "run:list | cat").contains(first));
    }

    @Test
    public void doesNotCutWhatIsPiped() throws Exception {
        String text = shell.run(shell.terminal(50), "run:list | cat");
        assertTrue(text, text.contains("the disk is full"));
    }

    @Test
    public void writesOverOneLineWhileItWaits() throws Exception {
        engine.onLook =
                run -> {
                    engine.end.complete(run.in(RunStatus.COMPLETED, 100));
                    return run;
                };
        String text = shell.run(shell.terminal(80), "workflow:run report path=/a --wait");
        assertTrue(text, text.startsWith("\r\u001b[K[########............]  40%  "));
        assertTrue(text, text.contains("write: page 3\r\u001b[KRun new1 COMPLETED in 1m 5s.\n"));
    }

    @Test
    public void drawsTheTreeOverItselfWhileItFollows() throws Exception {
        engine.runs.put("run-2", Samples.run("run-2"));
        int[] looks = new int[1];
        engine.onLook =
                run -> {
                    looks[0]++;
                    return looks[0] < 4 ? run : run.in(RunStatus.COMPLETED, 100);
                };
        String text = shell.run(shell.terminal(60), "run:status run-2 --follow");
        assertTrue(text, text.startsWith("\r\u001b[Jrun-2  report 1.0.0  RUNNING 40%"));
        assertTrue(text, text.contains("\u001b[3A\r\u001b[Jrun-2"));
        assertTrue(text, text.contains("read   COMPLETED  2s"));
        assertTrue(text, text.contains("page 3"));
        String last = text.substring(text.lastIndexOf("\u001b[J"));
        assertTrue(last, last.contains("COMPLETED 100%"));
        text.replaceAll("\u001b\\[[0-9;]*[AJ]", "")
                .lines()
                .forEach(line -> assertTrue(line, line.length() <= 60));
    }

    @Test
    public void drawsEachChildUnderItsOwnStepAndTheOldestFirst() throws Exception {
        parent();
        child("b", 0, RunStatus.RUNNING);
        child("a", 3, RunStatus.RUNNING);
        child("a", 2, RunStatus.FAILED);
        List<String> tree = follow();
        assertEquals(
                List.of("├─ a", "[2] run p.a2", "[3] run p.a3", "└─ b", "[0] run p.b0"),
                tree.stream()
                        .skip(1)
                        .map(line -> line.replaceAll("^[│ ]+[├└]─ ", "").split("  ")[0].strip())
                        .toList());
    }

    @Test
    public void sumsUpWhatHasFinishedSoThatWhatRunsIsSeen() throws Exception {
        parent();
        for (int i = 39; i >= 0; i--) {
            child("a", i, i < 38 ? RunStatus.COMPLETED : RunStatus.RUNNING);
        }
        List<String> tree = follow();
        assertTrue(tree.toString(), tree.get(2).contains("[38] run p.a38  RUNNING 40%"));
        assertTrue(tree.toString(), tree.get(3).contains("[39] run p.a39  RUNNING 40%"));
        assertTrue(tree.toString(), tree.get(4).endsWith("└─ 38 completed"));
        assertTrue(tree.toString(), tree.get(5).startsWith("└─ b"));
        assertEquals(6, tree.size());
    }

    @Test
    public void marksWhatItCuts() throws Exception {
        parent();
        String says = "tries and tries and tries and tries and tries to do it";
        engine.runs.put("p", Samples.run("p").with(Samples.step("a", StepStatus.RUNNING, says)));
        String step = follow().get(1);
        assertTrue(step, step.endsWith("…") && step.length() == 59);
    }

    private void parent() {
        engine.runs.put(
                "p",
                Samples.run("p")
                        .with(
                                Samples.waiting("a", "workflow:report"),
                                Samples.waiting("b", "workflow:report")));
    }

    /** They are put newest first. */
    private void child(String step, int item, RunStatus status) {
        String id = "p." + step + item;
        engine.runs.put(id, Samples.run(id).in(status, 40).startedBy("p"));
        engine.history.put(
                id,
                List.of(
                        new Samples.SampleEntry(
                                1,
                                "RunCreated",
                                Samples.START,
                                Map.of("parent", Map.of("step", step, "item", item)))));
    }

    /** What is drawn first. */
    private List<String> follow() throws Exception {
        int[] looks = new int[1];
        engine.onLook =
                run -> {
                    looks[0]++;
                    return looks[0] < 3 ? run : run.in(RunStatus.COMPLETED, 100);
                };
        String text = shell.run(shell.terminal(60), "run:status p --follow");
        return text.split("\u001b\\[J")[1].replaceAll("(?s)\u001b.*", "").lines().toList();
    }

    @Test(timeout = 60_000)
    public void stopsWaitingAndLeavesTheRunAloneWhenInterrupted() throws Exception {
        Session terminal = shell.terminal(80);
        engine.onLook =
                run -> {
                    shell.outlives(Thread.currentThread());
                    // What Ctrl-C does, while the command looks at the run.
                    ((CommandSession) terminal.get(".commandSession")).foregroundJob().interrupt();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return run;
                };
        FutureTask<String> command =
                new FutureTask<>(() -> shell.run(terminal, "workflow:run report path=/a --wait"));
        Thread console = new Thread(command, "console");
        console.start();
        // Karaf's console gets its prompt back at once; the command says the rest in its own time.
        shell.awaitWritten(
                "Stopped waiting. The run goes on: run:status new1 shows it, run:cancel new1 ends it.\n");
        console.join();
        assertEquals(RunStatus.RUNNING, engine.runs.get("new1").status());
    }

    @Test
    public void showsFailuresInRedOnATerminalAlone() {
        Session terminal = shell.terminal(80);
        CommandException failure =
                assertThrows(CommandException.class, () -> shell.run(terminal, "run:status x"));
        assertTrue(
                failure.getNiceHelp(),
                failure.getNiceHelp().startsWith("\u001b[31mExpected the id"));
    }
}
