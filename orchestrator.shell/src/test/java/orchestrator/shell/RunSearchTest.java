package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.input.Moments;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What {@code run:list} asks for. */
public class RunSearchTest {
    private final MemoryEngine engine = new MemoryEngine();
    @Rule public final Shell shell = new Shell(engine);

    @Before
    public void runs() {
        engine.runs.put("b2", Samples.run("b2").in(RunStatus.FAILED, 80));
        engine.runs.put("a1", Samples.run("a1").labelled("team", "blue"));
    }

    @Test
    public void handsOnLabelsWhereverTheyStand() throws Exception {
        String text = shell.run("run:list --label team=blue");
        assertTrue(text, text.contains("a1"));
        assertFalse(text, text.contains("b2"));
        shell.run("run:list --label team=blue --label stage=a=b");
        assertEquals(Map.of("team", "blue", "stage", "a=b"), engine.filter.labels());
        assertEquals("", engine.filter.parent().orElseThrow());
        assertEquals(
                "Expected key=value after --label, but found 'blue'.",
                failure("run:list --label blue"));
    }

    @Test
    public void handsOnTimesAndTexts() throws Exception {
        shell.run("run:list --since 2026-11-01 --until 2026-11-02T10:00:00+02:00 --text Disk");
        assertEquals(
                Instant.parse("2026-11-01T00:00:00Z"), engine.filter.createdSince().orElseThrow());
        assertEquals(
                Instant.parse("2026-11-02T08:00:00Z"), engine.filter.createdBefore().orElseThrow());
        assertEquals("Disk", engine.filter.text().orElseThrow());
        assertEquals(
                "Expected --since before --until, but found '2026-11-02' and '2026-11-01'.",
                failure("run:list --since 2026-11-02 --until 2026-11-01"));
        assertEquals(
                "Expected an instant such as 2026-11-23T02:00:00Z, a date such as 2026-11-23 or a length of time before now such as 2h after --until, but found '2026-13-01'.",
                failure("run:list --until 2026-13-01"));
    }

    @Test
    public void readsHowLongAgo() {
        Moments moments = new Moments(() -> Samples.START);
        assertEquals(Samples.START.minus(Duration.ofMinutes(90)), moments.read("--since", "1h30m"));
        for (String wrong :
                List.of("", "yesterday", "2h ago", "-2h", "12:00", "2026-11-01T10:00")) {
            assertThrows(IllegalArgumentException.class, () -> moments.read("--since", wrong));
        }
    }

    private String failure(String command) {
        return assertThrows(CommandException.class, () -> shell.run(command)).getMessage();
    }
}
