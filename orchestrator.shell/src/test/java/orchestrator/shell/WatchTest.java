package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import orchestrator.api.run.Page;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Watch;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

/** {@code run:list --watch}. */
public class WatchTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Queue<Page<RunInfo>> pages = new ArrayDeque<>();

    @Test
    public void writesALineForEachChangeWhereThereIsNoTerminal() throws Exception {
        show("a RUNNING 10", "b RUNNING 20");
        show("b RUNNING 20", "a RUNNING 15");
        pages.add(new Page<>(List.of(), Optional.of("store")));
        pages.add(new Page<>(List.of(), Optional.of("store")));
        show("b COMPLETED 100");
        String text = watched(new Screen(stream(), 80, false, StandardCharsets.UTF_8), 0);
        assertEquals(
                """
                a report RUNNING 10%
                b report RUNNING 20%
                a report RUNNING 15%
                The store does not answer; still watching.
                b report COMPLETED 100%
                """,
                text);
    }

    @Test
    public void drawsOverOnATerminalNoMoreThanItHas() throws Exception {
        show(IntStream.range(0, 20).mapToObj(i -> "run" + i + " RUNNING 1").toArray(String[]::new));
        show("a COMPLETED 100");
        String text = watched(new Screen(stream(), 41, true, StandardCharsets.UTF_8), 10);
        String[] drawn = text.split("\u001b\\[J", -1);
        assertEquals(3, drawn.length);
        assertEquals("8 rows, and the cursor is below", 8, drawn[1].lines().count() - 1);
        assertTrue(drawn[1], drawn[1].contains("\n... and 13 more\n\u001b[8A\r"));
        assertEquals("a of 40\n", drawn[2]);
    }

    @Test
    public void otherFailuresAreFailures() {
        pages.add(new Page<>(List.of(), Optional.of("input")));
        assertThrows(
                RefusedException.class,
                () -> watched(new Screen(stream(), 80, false, StandardCharsets.UTF_8), 0));
    }

    @Test
    public void theCommandEndsInTime() throws Exception {
        engine.runs.put("a1", Samples.run("a1"));
        assertEquals("a1 report RUNNING 40%\n", shell.run("run:list --watch --for 0s"));
        String drawn = shell.run(shell.terminal(60), "run:list --watch --for 0s");
        assertTrue(drawn, drawn.startsWith("\r\u001b[J") && drawn.contains("RUNNING"));
        assertEquals(
                "Expected either --watch or --format json, but found both.",
                assertThrows(
                                CommandException.class,
                                () -> shell.run("run:list --watch --format json"))
                        .getMessage());
    }

    @Test
    public void aKeyEndsItAndIsTaken() throws Exception {
        ByteArrayInputStream keys = new ByteArrayInputStream(new byte[] {'q', '\n'});
        assertEquals(false, new Patience(keys, Duration.ofHours(1)).between());
        assertEquals(0, keys.available());
        assertEquals(false, new Patience(null, Duration.ZERO).between());
    }

    private void show(String... runs) {
        List<RunInfo> page =
                List.of(runs).stream()
                        .map(run -> run.split(" "))
                        .map(
                                run ->
                                        (RunInfo)
                                                Samples.run(run[0])
                                                        .in(
                                                                RunStatus.valueOf(run[1]),
                                                                Integer.parseInt(run[2])))
                        .toList();
        pages.add(new Page<>(page, Optional.empty()));
    }

    private PrintStream stream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String watched(Screen screen, int height) throws InterruptedException {
        new Watch(
                        this::next,
                        (page, runs) ->
                                runs.items()
                                        .forEach(
                                                run -> page.line(run.id() + " of " + page.width())),
                        screen,
                        height,
                        () -> !pages.isEmpty())
                .show();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A page, or a refusal in its place. */
    private Page<RunInfo> next() {
        Page<RunInfo> page = pages.remove();
        page.next()
                .ifPresent(
                        code -> {
                            throw new RefusedException(code, "Expected otherwise.");
                        });
        return page;
    }
}
