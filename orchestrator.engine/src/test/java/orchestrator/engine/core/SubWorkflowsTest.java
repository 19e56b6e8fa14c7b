package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.FailedItems;
import orchestrator.api.OnFailure;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class SubWorkflowsTest {

    private static Story parent() {
        return Story.of(
                w -> {
                    w.step("part").workflow("child");
                    w.step("end").task("t").after("part");
                });
    }

    private static Story three(FailedItems policy) {
        return Story.of(
                Map.of("list", List.of("a", "b", "c")),
                w ->
                        w.step("each")
                                .workflow("child")
                                .forEach("input.list")
                                .concurrency(2)
                                .failedItems(policy));
    }

    @Test
    public void theEndOfAChildIsTheResultOfItsAttempt() {
        Story story = parent();
        assertEquals(List.of("AttemptScheduled"), story.types());
        assertEquals(List.of(), story.run.pending());
        assertEquals(List.of(new ChildId(new CellId(0, Fact.NO_ITEM), 1)), story.run.children());
        assertTrue(story.run.isOnlyParent());
        story.childCompletes("part", Fact.NO_ITEM, Map.of("n", 1));
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        assertEquals("2.0 (abc)", ((Fact.AttemptCompleted) story.facts.get(0)).taskVersion());
        assertEquals(Map.of("n", 1L), story.run.outputValue("part"));
        assertEquals(List.of(), story.run.children());
        assertFalse(story.run.isOnlyParent());
    }

    @Test
    public void aChildIsTriedOnceUnlessTheStepSaysMore() {
        Story once = parent().childFails("part", Fact.NO_ITEM, "broken");
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), once.types());
        assertEquals(
                "broken: step 'part': run child has ended as FAILED: it broke", once.run.error());

        Story twice = Story.of(w -> w.step("part").workflow("child").retry(2, Duration.ofHours(1)));
        twice.childEnds("part", Fact.NO_ITEM, RunStatus.CANCELLED, null, "cancelled");
        assertEquals(List.of("AttemptFailed", "AttemptScheduled"), twice.types());
        assertEquals(RunStatus.WAITING, twice.standing().status());
        assertEquals(twice.now.plus(Duration.ofHours(1)), twice.standing().wakeAt());
        assertEquals("retry", twice.standing().reason().code());
        twice.pass(Duration.ofHours(1));
        assertEquals("children", twice.standing().reason().code());
        assertNull(twice.standing().wakeAt());
        twice.childCompletes("part", Fact.NO_ITEM, null);
        assertEquals(List.of("AttemptCompleted", "RunCompleted"), twice.types());
    }

    @Test
    public void nestingThatIsTooDeepIsNotTriedAgain() {
        Story story = Story.of(w -> w.step("part").workflow("child").retry(9, Duration.ZERO));
        story.childFails("part", Fact.NO_ITEM, Limits.TOO_DEEP);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
    }

    @Test
    public void anEndThatNobodyWaitsForIsRefused() {
        Story story = parent().childCompletes("part", Fact.NO_ITEM, 1);
        String before = Dump.of(story.run);
        story.childCompletes("part", Fact.NO_ITEM, 2);
        assertEquals(List.of("CommandRefused"), story.types());
        assertNotNull(story.refused);
        assertEquals(before, Dump.of(story.run));
    }

    @Test
    public void aParentRestsWhenItHasHeardNothingForAWhile() {
        Story story = parent();
        assertEquals(RunStatus.RUNNING, story.standing().status());
        assertEquals(story.now.plus(Summaries.SOON), Summaries.restsAt(story.run));
        story.pass(Summaries.SOON.minusMillis(1));
        assertEquals(RunStatus.RUNNING, story.standing().status());
        story.pass(Duration.ofMillis(1));
        Summaries.Standing resting = story.standing();
        assertEquals(RunStatus.WAITING, resting.status());
        assertEquals("children", resting.reason().code());
        assertEquals("child", resting.reason().subject());
        assertEquals(Set.of(), resting.waitKeys());
        assertNull(resting.wakeAt());
        story.childCompletes("part", Fact.NO_ITEM, 1);
        assertNull(Summaries.restsAt(story.run));
    }

    @Test
    public void aWorkflowThatIsNotThereIsWaitedFor() {
        Story story = parent().tell(new Command.MissTask("part"));
        assertEquals(List.of("StepWaiting"), story.types());
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertEquals("workflow", story.standing().reason().code());
        assertEquals(Set.of("workflow:child"), story.standing().waitKeys());
        story.tell(new Command.OfferTask("child"));
        assertEquals(List.of(), story.facts);
        story.tell(new Command.OfferWorkflow("child"));
        assertEquals(List.of("StepReady"), story.types());
        assertEquals(StepStatus.RUNNING, story.run.step("part").status());
    }

    @Test
    public void childrenGoOnWhileTheirStepWaitsForTheWorkflowOfOthers() {
        Story story = three(FailedItems.STOP).tell(new Command.MissTask("each"));
        assertEquals(2, story.run.children().size());
        story.childCompletes("each", 0, "x");
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        assertEquals(Set.of("workflow:child"), story.standing().waitKeys());
        story.tell(new Command.OfferWorkflow("child"));
        story.childCompletes("each", 1, "y").childCompletes("each", 2, "z");
        assertEquals(List.of("x", "y", "z"), story.run.outputValue("each"));
    }

    @Test
    public void whatAFailedStepLeavesInFlightIsRemembered() {
        Story story = three(FailedItems.STOP).childFails("each", 0, "broken");
        assertEquals(RunStatus.FAILED, story.run.end());
        assertEquals(List.of(new ChildId(new CellId(0, 1), 1)), story.run.strays());
        Summaries.Standing ending = story.standing();
        assertEquals(RunStatus.RUNNING, ending.status());
        assertEquals("ending", ending.reason().code());
        assertNull(Summaries.of("id", story.run, story.now).ended());
        assertNotNull(story.tell(new Command.Cancel("no")).refused);
        assertEquals(List.of(), story.facts);
        story.tell(new Command.Close());
        assertEquals(List.of("RunClosed"), story.types());
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertNotNull(Summaries.of("id", story.run, story.now).ended());
        assertNotNull(story.tell(new Command.Close()).refused);
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void aFailedItemMayLeaveTheOthersGoingOn() {
        Story story = three(FailedItems.CONTINUE).childFails("each", 0, "broken");
        assertEquals(List.of("AttemptFailed", "ItemFailed", "AttemptScheduled"), story.types());
        story.childCompletes("each", 1, "b").childCompletes("each", 2, "c");
        assertTrue(story.run.isClosed());
    }

    @Test
    public void aCancelledRunLeavesItsChildrenOver() {
        Story story = three(FailedItems.STOP).tell(new Command.Cancel("enough"));
        assertEquals(List.of("RunCancelled"), story.types());
        assertEquals(2, story.run.strays().size());
        assertFalse(story.run.isUndone(story.run.strays().get(0)));
        assertFalse(story.run.isClosed());
    }

    @Test
    public void whatWasToUndoAStepIsNotUndoneItself() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t").compensation().workflow("child");
                            w.step("b").task("t").after("a");
                        });
        story.complete("a", 1).fail("b", false).tell(new Command.Cancel("enough"));
        assertEquals(List.of("RunCancelled"), story.types());
        assertEquals(1, story.run.strays().size());
        assertFalse(story.run.isUndone(story.run.strays().get(0)));
    }

    @Test
    public void whatAFailedStepLeavesInFlightIsUndoneAlsoIfTheRunGoesOn() {
        for (boolean goesOn : List.of(true, false)) {
            Story story =
                    Story.of(
                            w -> {
                                w.step("each")
                                        .workflow("child")
                                        .forEach("[1, 2]")
                                        .onFailure(OnFailure.CONTINUE);
                                if (goesOn) {
                                    w.step("next").task("t").after("each");
                                }
                            });
            story.childFails("each", 0, "broken");
            assertEquals(List.of(new ChildId(new CellId(0, 1), 1)), story.run.strays());
            assertEquals(goesOn ? null : RunStatus.COMPLETED, story.run.end());
            assertTrue(story.run.isUndone(story.run.strays().get(0)));
        }
    }

    @Test
    public void whatAFailedStepLeftInFlightIsUndoneWithARunThatIsCancelledSo() {
        Story story =
                Story.of(
                        w -> {
                            w.step("each")
                                    .workflow("child")
                                    .forEach("[1, 2]")
                                    .onFailure(OnFailure.CONTINUE);
                            w.step("next").task("t").after("each");
                        });
        story.childFails("each", 0, "broken");
        story.tell(new Command.Cancel("enough", true)); // before the child was told, perhaps
        assertEquals(List.of("RunCancelling", "RunCancelled"), story.types());
        assertEquals(RunStatus.CANCELLED, story.run.end());
        assertTrue(story.run.isUndone(story.run.strays().get(0)));
    }

    @Test
    public void aRunWithNobodyToTellEndsAtOnce() {
        Story story = Story.of(w -> w.step("a").task("t")).complete("a", 7);
        assertTrue(story.run.isClosed());
        assertNull(((Fact.RunCompleted) story.facts.get(1)).output());
        assertEquals(7L, story.run.output().value());
        assertNotNull(story.tell(new Command.Close()).refused);
    }

    @Test
    public void aChildTellsItsParentBeforeItIsClosed() {
        Story story = Story.child(Map.of(), w -> w.step("a").task("t")).complete("a", 7);
        assertEquals(RunStatus.COMPLETED, story.run.end());
        assertFalse(story.run.isClosed());
        assertEquals("above", Summaries.of("id", story.run, story.now).parent());
        assertEquals(7L, story.run.output().value());
        story.tell(new Command.Close());
        assertTrue(story.run.isClosed());
    }

    @Test
    public void theOutputOfARun() {
        Story said =
                Story.of(
                        Map.of("x", 2),
                        w -> {
                            w.step("a").task("t");
                            w.output(Map.of("sum", "${a + input.x}"));
                        });
        said.complete("a", 40);
        assertEquals(Map.of("sum", 42L), said.run.output().value());

        Story several =
                Story.child(
                        Map.of(),
                        w -> {
                            w.step("first").task("t");
                            w.step("a").task("t").after("first");
                            w.step("b").task("t").after("first");
                        });
        several.complete("first", 0).complete("b", 2).complete("a", 1);
        assertEquals(Map.of("a", 1L, "b", 2L), several.run.output().value());
        Fact.RunCompleted recorded = (Fact.RunCompleted) several.facts.get(1);
        assertEquals(several.run.output(), recorded.output());

        Story items = Story.child(Map.of(), w -> w.step("a").task("t").forEach("[1, 2]"));
        items.complete("a", 1, "y").complete("a", 0, "x");
        assertEquals(List.of("x", "y"), items.run.output().value());
        assertEquals(List.of("x", "y"), items.replay().output().value());
    }

    @Test
    public void anOutputWithoutValueOrThatIsTooLargeFailsTheRun() {
        Story none =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.output("${a.x.y}");
                        });
        none.complete("a", 1);
        assertEquals(RunStatus.FAILED, none.run.end());
        assertTrue(none.run.error(), none.run.error().startsWith("output: "));

        String half = "x".repeat(Limits.MAX_PAYLOAD / 2);
        Story large = Story.child(Map.of(), w -> w.step("a").task("t").forEach("[1, 2]"));
        large.complete("a", 1, half).complete("a", 0, half);
        assertTrue(large.run.error(), large.run.error().contains("at most 2,097,152 bytes"));

        Story nobodyTakesIt = Story.of(w -> w.step("a").task("t").forEach("[1, 2]"));
        nobodyTakesIt.complete("a", 1, half).complete("a", 0, half);
        assertEquals(RunStatus.COMPLETED, nobodyTakesIt.run.end());
    }

    @Test
    public void onlyChildrenThatWereHeldWithTheirParentGoOnWithIt() {
        Story story = three(FailedItems.STOP).tell(new Command.Pause());
        List<ChildId> held = story.run.children();
        assertEquals(held, story.run.childrenOfLastPause());
        story.tell(new Command.Resume());
        assertEquals(held, story.run.childrenOfLastPause());
        story.childCompletes("each", 0, "a");
        assertEquals(2, story.run.children().size());
        assertEquals(List.of(held.get(1)), story.run.childrenOfLastPause());
        story.tell(new Command.Pause()).tell(new Command.Resume());
        assertEquals(story.run.children(), story.run.childrenOfLastPause());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void nothingIsLostWhenAParentIsTakenOver() {
        Story story = three(FailedItems.STOP);
        for (int i = 0; i < 10; i++) {
            story.tell(new Command.Recover("n", 2 + i));
            assertEquals(List.of("RunRecovered"), story.types());
        }
        assertEquals(1, story.run.children().get(0).attempt());
    }
}
