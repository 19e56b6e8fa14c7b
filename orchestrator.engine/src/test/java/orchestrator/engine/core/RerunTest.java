package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class RerunTest {
    private static Story diamond() {
        return Story.of(
                w -> {
                    w.step("a").task("t");
                    w.step("b").task("t").after("a");
                    w.step("c").task("t").after("a");
                    w.step("d").task("t").after("b", "c");
                });
    }

    private static Story fan() {
        return Story.of(
                w -> {
                    w.step("each").task("t").forEach("[10, 20, 30, 40]").concurrency(1);
                    w.step("end").task("t").after("each");
                });
    }

    @Test
    public void finishedResultsAreKeptAndTheRestIsTriedAgain() {
        Story failed = diamond().complete("a", 1).complete("b", 2).fail("c", false);
        Story again = failed.again();
        assertEquals(RunStatus.QUEUED, again.standing().status());
        again.tell(new Command.Begin());
        assertEquals(List.of("AttemptScheduled"), again.types());
        assertEquals(StepStatus.RUNNING, again.run.step("c").status());
        assertEquals(1L, again.run.outputValue("a"));
        assertEquals(0, again.run.step("a").attempts());
        again.complete("c", 3).complete("d", 4);
        assertEquals(RunStatus.COMPLETED, again.run.end());
        assertEquals(2L, again.run.outputValue("b"));
        assertEquals(Dump.of(again.run), Dump.of(again.replay()));
    }

    @Test
    public void finishedItemsAreKept() {
        Story failed = fan().complete("each", 0, 1).fail("each", 1, false);
        Story again = failed.again().tell(new Command.Begin());
        assertEquals(1, again.run.step("each").itemsCompleted());
        assertEquals(1, again.run.step("each").cell(1).attempt());
        again.complete("each", 1, 2).complete("each", 2, 3).complete("each", 3, 4);
        assertEquals(List.of(1L, 2L, 3L, 4L), again.run.outputValue("each"));
        again.complete("end", 5);
        assertEquals(RunStatus.COMPLETED, again.run.end());
        assertEquals(100, again.run.progress());
        assertEquals(Dump.of(again.run), Dump.of(again.replay()));
    }

    @Test
    public void itemsInTheMiddleAreSkippedWhereverTheyAre() {
        Story failed =
                Story.of(w -> w.step("each").task("t").forEach("[1, 2, 3, 4, 5]").concurrency(3))
                        .complete("each", 1, 0)
                        .complete("each", 3, 0)
                        .fail("each", 0, false);
        Story again = failed.again().tell(new Command.Begin());
        for (int item : new int[] {0, 2, 4}) {
            assertEquals(Cell.Stage.SCHEDULED, again.run.step("each").cell(item).stage());
        }
        assertEquals(3, again.facts.size());
        again.complete("each", 0, 0).complete("each", 2, 0).complete("each", 4, 0);
        assertEquals(RunStatus.COMPLETED, again.run.end());
    }

    @Test
    public void aStepAfterOneThatIsTriedAgainIsTriedAgain() {
        Story failed =
                Story.of(
                        w -> {
                            w.step("each")
                                    .task("t")
                                    .forEach("[1, 2]")
                                    .failedItems(orchestrator.api.FailedItems.CONTINUE);
                            w.step("end").task("t").after("each");
                        });
        failed.fail("each", 0, false).complete("each", 1, 7).complete("end", 8);
        assertEquals(RunStatus.COMPLETED, failed.run.end());
        Rerun rerun = new Rerun(failed.run);
        assertNull("an item has failed", rerun.refusal());
        assertTrue(rerun.isAgain("each"));
        assertTrue(rerun.isAgain("end"));
        Story again = failed.again().tell(new Command.Begin());
        again.complete("each", 0, 6);
        assertEquals(StepStatus.RUNNING, again.run.step("end").status());
    }

    @Test
    public void whatDidNotFailIsNotTriedAgain() {
        Story done = diamond().complete("a", 1);
        assertEquals(
                "Expected a run that has ended, but this one goes on",
                new Rerun(done.run).refusal());
        done.complete("b", 1).complete("c", 1).complete("d", 1);
        assertEquals(
                "Expected a run that has failed, but this one has completed",
                new Rerun(done.run).refusal());
        assertFalse(new Rerun(done.run).isAgain("d"));
    }

    @Test
    public void thePartOfAnotherRunIsTriedAgainWithThat() {
        Story child = Story.child(Map.of(), w -> w.step("a").task("t")).fail("a", false);
        assertEquals(
                "Expected a run that no other run started, but this one is step 'part' of run above: retry that one",
                new Rerun(child.run).refusal());
    }

    @Test
    public void aRunOfWhichEverythingIsKeptCompletes() {
        Story cancelled = diamond().complete("a", 1).complete("b", 1).complete("c", 1);
        cancelled.tell(new Command.Cancel("enough"));
        Story again = cancelled.again().tell(new Command.Begin());
        assertEquals(StepStatus.RUNNING, again.run.step("d").status());
        again.complete("d", 1);
        assertEquals(RunStatus.COMPLETED, again.run.end());
    }

    @Test
    public void keysNameTheFirstOfAllRuns() {
        Story failed = diamond().fail("a", false);
        Story second = failed.again().tell(new Command.Begin()).fail("a", false);
        Story third = second.again();
        assertEquals("mine", failed.run.terms().keysOf("mine"));
        assertEquals("before", third.run.terms().keysOf("mine"));
    }
}
