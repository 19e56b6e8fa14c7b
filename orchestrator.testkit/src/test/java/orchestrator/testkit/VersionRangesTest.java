package orchestrator.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Several versions of one task live at once, and a step may ask for some of them. */
public class VersionRangesTest {
    @Rule public final VirtualEngine engine = new VirtualEngine();

    @Before
    public void workflows() {
        engine.workflow("any", w -> w.step("a").task("x"));
        engine.workflow("ranged", w -> w.step("a").task("x@[1.2,2)"));
    }

    private Runnable offer(String version) {
        return engine.offer("x", version, context -> "by " + version);
    }

    private List<String> history(String run) {
        return engine.states().getWorkflowHistory(run, 1, 1000).stream()
                .map(entry -> entry.type() + " " + entry.body())
                .toList();
    }

    private Object run(String workflow) {
        return engine.run(workflow, Map.of()).output().orElseThrow();
    }

    @Test
    public void theNewestThatFitsIsTaken() {
        offer("1.1.9");
        offer("1.2.0");
        offer("1.10.0");
        offer("1.9.0");
        offer("2.0.0");
        assertEquals("by 1.10.0", run("ranged"));
        assertEquals("by 2.0.0", run("any"));
    }

    @Test
    public void theJournalTellsWhichOneWasTaken() {
        offer("1.2.5");
        offer("3.0.0");
        String run = engine.start("ranged", Map.of()).id();
        engine.end(run);
        String journal = history(run).toString();
        assertTrue(journal, journal.contains("1.2.5"));
    }

    @Test
    public void whereNoneFitsARunWaitsAndSaysForWhich() {
        offer("1.1.0");
        String run = engine.start("ranged", Map.of()).id();
        engine.advance(Duration.ofMinutes(1));
        RunDetails waiting = engine.details(run);
        assertEquals(RunStatus.WAITING, waiting.status());
        Reason reason = waiting.reason().orElseThrow();
        assertEquals("task", reason.code());
        assertEquals("x@[1.2,2)", reason.subject());
        int entries = history(run).size();
        offer("2.0.0");
        engine.advance(Duration.ofMinutes(10));
        assertEquals(entries, history(run).size());
        offer("1.3.0");
        assertEquals("by 1.3.0", engine.end(run).output().orElseThrow());
    }

    @Test
    public void whenAVersionLeavesAnotherThatFitsIsTaken() {
        offer("1.2.0");
        Runnable withdraw = offer("1.3.0");
        assertEquals("by 1.3.0", run("ranged"));
        withdraw.run();
        assertEquals("by 1.2.0", run("ranged"));
    }

    @Test
    public void aSingleTaskMayBeAskedForByRange() {
        offer("1.2.0");
        offer("2.0.0");
        String run = engine.tasks().executeTask("x@[1,2)", Map.of(), StartOptions.none()).id();
        assertEquals("by 1.2.0", engine.end(run).output().orElseThrow());
        assertEquals("task:x", engine.details(run).workflow());
    }

    @Test
    public void aRangeThatIsNoneIsRefusedWhereItStands() {
        InvalidWorkflowException refused =
                assertThrows(
                        InvalidWorkflowException.class,
                        () -> engine.workflow("wrong", w -> w.step("a").task("x@[1.2,2")));
        assertTrue(
                refused.getMessage(),
                refused.getMessage()
                        .contains(
                                "Expected a range of versions such as [1.2,2) or 1.2 after 'x@'"));
    }
}
