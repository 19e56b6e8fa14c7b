package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.FailedItems;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class DeciderTest {
    private static final int ITEM_1 = 1;

    @Test
    public void aStepStartsWithTheResultThatEnabledIt() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a");
                        });
        assertEquals(List.of("AttemptScheduled"), story.types());
        story.complete("a", 1);
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        story.complete("b", 2);
        assertEquals(List.of("AttemptCompleted", "RunCompleted"), story.types());
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertEquals(100, story.run.progress());
    }

    @Test
    public void aJoinStartsOnceAfterTheLast() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t");
                            w.step("c").task("t").after("a", "b");
                        });
        story.complete("b", 1);
        assertEquals(StepStatus.PENDING, story.run.step("c").status());
        story.complete("a", 1);
        assertEquals(StepStatus.RUNNING, story.run.step("c").status());
        assertEquals(1, story.run.step("c").attempts());
    }

    private static Story fanOut(int items, int concurrency, FailedItems policy) {
        return Story.of(
                Map.of("list", Collections.nCopies(items, 7)),
                w ->
                        w.step("each")
                                .task("t")
                                .forEach("input.list")
                                .concurrency(concurrency)
                                .failedItems(policy));
    }

    @Test
    public void aFanOutIsExpandedInAWindow() {
        Story story = fanOut(3, 2, FailedItems.STOP);
        assertEquals(
                List.of("FanOutOpened", "AttemptScheduled", "AttemptScheduled"), story.types());
        story.complete("each", 1, "b");
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        story.complete("each", 2, "c").complete("each", 0, "a");
        assertEquals(List.of("AttemptCompleted", "FanOutCompleted", "RunCompleted"), story.types());
        assertEquals(List.of("a", "b", "c"), story.run.outputValue("each"));
    }

    @Test
    public void anEmptyFanOutCompletesWithAnEmptyList() {
        Story story = fanOut(0, 2, FailedItems.STOP);
        assertEquals(List.of("FanOutOpened", "FanOutCompleted", "RunCompleted"), story.types());
        assertEquals(List.of(), story.run.outputValue("each"));
    }

    @Test
    public void afterAFailedItemAFanOutStopsOrGoesOn() {
        Story stop = fanOut(3, 1, FailedItems.STOP).fail("each", 0, false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), stop.types());
        assertEquals(StepStatus.FAILED, stop.run.step("each").status());

        Story on = fanOut(2, 1, FailedItems.CONTINUE).fail("each", 0, false);
        assertEquals(List.of("AttemptFailed", "ItemFailed", "AttemptScheduled"), on.types());
        on.complete("each", 1, "b");
        assertEquals(RunStatus.COMPLETED, on.standing().status());
        assertEquals(
                List.of(Map.of("error", Map.of("code", "broken", "message", "it broke")), "b"),
                on.run.outputValue("each"));
    }

    @Test
    public void oneHundredThousandItemsCostTwoEntriesEach() {
        int items = Decider.MAX_ITEMS;
        Story story = fanOut(items, 100, FailedItems.STOP);
        for (int i = 0; i < items; i++) {
            story.complete("each", i, i);
            assertTrue(story.facts.size() <= 3);
        }
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertEquals(1 + 1 + 2 * items + 2, story.journal.size());
    }

    @Test
    public void moreItemsThanTheLimitFailTheStep() {
        Story story = fanOut(Decider.MAX_ITEMS + 1, 1, FailedItems.STOP);
        assertEquals(List.of("StepFailed", "RunFailed"), story.types());
        assertEquals(StepStatus.FAILED, story.run.step("each").status());
        assertTrue(story.run.error(), story.run.error().contains("at most 100,000 items"));
    }

    @Test
    public void aForEachOverNoListFailsTheStep() {
        Story story =
                Story.of(Map.of("list", "x"), w -> w.step("each").task("t").forEach("input.list"));
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertTrue(story.run.error(), story.run.error().startsWith("expression: step 'each':"));
    }

    @Test
    public void attemptsFollowTheRetryPolicy() {
        Story story =
                Story.of(
                        w ->
                                w.step("a")
                                        .task("t")
                                        .retry(4, Duration.ofSeconds(10))
                                        .backoff(3, Duration.ofSeconds(60)));
        assertNull(story.run.step("a").cell(Fact.NO_ITEM).notBefore());
        for (long seconds : new long[] {10, 30, 60}) {
            story.fail("a", true);
            assertEquals(
                    story.now.plusSeconds(seconds),
                    story.run.step("a").cell(Fact.NO_ITEM).notBefore());
            assertEquals(StepStatus.RETRYING, story.run.step("a").status());
            story.pass(Duration.ofSeconds(seconds));
        }
        story.fail("a", true);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals(4, story.run.step("a").attempts());
    }

    @Test
    public void aFailureThatWillNotMendItselfIsNotTriedAgain() {
        Story story = Story.of(w -> w.step("a").task("t")).fail("a", false);
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertEquals("broken: step 'a': it broke", story.run.error());
    }

    @Test
    public void theResultOfAnAttemptThatIsNotCurrentChangesNothing() {
        Story story = Story.of(w -> w.step("a").task("t")).fail("a", true);
        String before = Dump.of(story.run);
        story.tell(new Command.CompleteAttempt("a", Fact.NO_ITEM, 1, "1", null));
        assertEquals(List.of(), story.facts);
        story.tell(new Command.CompleteAttempt("a", Fact.NO_ITEM, 3, "1", null));
        story.tell(new Command.CompleteAttempt("a", 5, 2, "1", null));
        story.tell(new Command.HandBackAttempt("a", Fact.NO_ITEM, 1, "late"));
        story.tell(new Command.StartAttempt("a", Fact.NO_ITEM, 1));
        assertEquals(List.of(), story.facts);
        assertEquals(before, Dump.of(story.run));
        story.complete("a", "x");
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void handedBackAttemptsUseUpNoRetries() {
        Story story = Story.of(w -> w.step("a").task("t").retry(1, Duration.ofSeconds(9)));
        for (int i = 0; i < 20; i++) {
            story.handBack("a", Fact.NO_ITEM);
            assertEquals(List.of("AttemptHandedBack", "AttemptScheduled"), story.types());
        }
        assertNull(story.run.step("a").cell(Fact.NO_ITEM).notBefore());
        story.complete("a", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void onlyLossesOfStartedAttemptsLeadToQuarantine() {
        Story story = Story.of(w -> w.step("a").task("t"));
        assertFalse(story.run.step("a").cell(Fact.NO_ITEM).needsStart());
        for (int i = 0; i < 10; i++) {
            story.tell(new Command.Recover("n", i + 2));
        }
        assertFalse(story.run.hold().isQuarantined());
        assertTrue(story.run.step("a").cell(Fact.NO_ITEM).needsStart());
        for (int i = 0; i < 3; i++) {
            assertFalse(story.run.hold().isQuarantined());
            story.start("a");
            assertEquals(List.of("AttemptStarted"), story.types());
            story.tell(new Command.Recover("n", i + 20));
        }
        assertEquals(List.of("RunRecovered", "RunQuarantined"), story.types());
        assertEquals("quarantined", story.standing().reason().code());
        assertEquals(List.of(), story.start("a").facts);
        story.tell(new Command.Resume());
        assertFalse(story.run.hold().isQuarantined());
        assertEquals(1, story.run.pending().size());
        story.complete("a", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void aPauseShiftsWhatIsDueLaterAndTheDeadline() {
        Story story =
                Story.of(
                        w -> {
                            w.timeout(Duration.ofMinutes(10));
                            w.step("a").task("t").retry(2, Duration.ofMinutes(5));
                        });
        story.fail("a", true).tell(new Command.Pause());
        assertEquals(RunStatus.PAUSED, story.standing().status());
        assertNull(story.standing().wakeAt());
        story.pass(Duration.ofHours(1)).tell(new Command.ReachTime());
        assertEquals(List.of(), story.facts);
        story.tell(new Command.Resume());
        assertEquals(Story.START.plus(Duration.ofMinutes(70)), story.run.deadline());
        assertEquals(
                Story.START.plus(Duration.ofMinutes(65)),
                story.run.step("a").cell(Fact.NO_ITEM).notBefore());
    }

    @Test
    public void aPausedRunTakesResultsAndStartsNothing() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a");
                            w.step("c").task("t");
                        });
        story.tell(new Command.Pause()).complete("a", 1);
        assertEquals(List.of("AttemptCompleted"), story.types());
        assertEquals(List.of("AttemptFailed"), story.fail("c", true).types());
        story.tell(new Command.Pause());
        assertNotNull(story.refused);
        assertEquals(List.of("CommandRefused"), story.types());
        story.tell(new Command.Resume());
        assertEquals(Set.of("RunResumed", "AttemptScheduled"), Set.copyOf(story.types()));
        assertEquals(2, story.run.pending().size());
        story.tell(new Command.Resume());
        assertNotNull(story.refused);
    }

    @Test
    public void aRunEndsOnceAndTakesNoCommandAfterwards() {
        Story story = Story.of(w -> w.step("a").task("t")).tell(new Command.Cancel("enough"));
        assertEquals(RunStatus.CANCELLED, story.standing().status());
        assertEquals(StepStatus.CANCELLED, story.run.step("a").status());
        String before = Dump.of(story.run);
        for (Command late :
                List.of(new Command.Cancel("x"), new Command.Pause(), new Command.Begin())) {
            story.tell(late);
            assertEquals(List.of(), story.facts);
            assertTrue(story.refused, story.refused.contains("ended as CANCELLED"));
        }
        assertEquals(before, Dump.of(story.run));
    }

    @Test
    public void aRunFailsWhenItsTimeIsUpAndNotBefore() {
        Story story =
                Story.of(
                        w -> {
                            w.timeout(Duration.ofMinutes(1));
                            w.step("a").task("t");
                        });
        story.pass(Duration.ofSeconds(59)).tell(new Command.ReachTime());
        assertEquals(List.of(), story.facts);
        story.pass(Duration.ofSeconds(1)).tell(new Command.ReachTime());
        assertEquals(RunStatus.FAILED, story.standing().status());
    }

    /** It came before the run began, and is no reason to begin. */
    @Test
    public void nothingFollowsFromACommandThatIsRefused() {
        Story story =
                new Story(
                        Story.graph(w -> w.step("a").task("t").forEach("input.none")),
                        Map.of("none", List.of()));
        story.tell(new Command.Resume());
        assertNotNull(story.refused);
        assertEquals(List.of("CommandRefused"), story.types());
        story.tell(new Command.Begin());
        assertEquals(RunStatus.COMPLETED, story.run.end());
    }

    @Test
    public void aMessageThatNobodyCanReadIsRefusedAndKept() {
        Story story = Story.of(w -> w.step("a").task("t"));
        story.tell(new Command.Unreadable("Expected x, but found y"));
        assertEquals("Expected x, but found y", story.refused);
        assertEquals(List.of("CommandRefused"), story.types());
    }

    @Test
    public void aStepOfManyItemsWaitsOnceForItsTask() {
        Story story = fanOut(1000, 500, FailedItems.STOP);
        story.tell(new Command.MissTask("each"));
        assertEquals(List.of("StepWaiting"), story.types());
        assertEquals(Set.of("task:t"), story.standing().waitKeys());
        assertEquals(List.of(), story.tell(new Command.MissTask("each")).facts);
        assertEquals(List.of(), story.run.pending());
        story.tell(new Command.OfferTask("other"));
        assertEquals(List.of(), story.facts);
        story.tell(new Command.OfferTask("t"));
        assertEquals(List.of("StepReady"), story.types());
        assertEquals(500, story.run.pending().size());
        assertEquals(RunStatus.RUNNING, story.standing().status());
    }

    @Test
    public void whatAnItemDoesWhileItsStepWaitsDoesNotEndTheWaiting() {
        Story story = fanOut(4, 3, FailedItems.CONTINUE);
        story.tell(new Command.MissTask("each"));
        story.handBack("each", 0).fail("each", ITEM_1, true).complete("each", 2, "x");
        assertEquals(StepStatus.WAITING, story.run.step("each").status());
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertEquals(Set.of("task:t"), story.standing().waitKeys());
        assertEquals("task", story.standing().reason().code());
        story.tell(new Command.OfferTask("t"));
        assertEquals(3, story.run.pending().size());
        for (int item : List.of(0, 1, 3)) {
            story.complete("each", item, item);
        }
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void errorsAreCutToTheirLimit() {
        Story story =
                Story.of(
                        Map.of("long", Map.of("k".repeat(40_000), 1)),
                        w -> w.step("each").task("t").forEach("input.long.missing"));
        assertTrue(story.run.error().length() < Limits.MAX_ERROR + 100);
        assertTrue(story.journal.stream().skip(1).allMatch(e -> e.body().length < 20_000));
    }

    @Test
    public void whereARunStandsSaysWhenItGoesOn() {
        Story story =
                new Story(
                        Story.graph(
                                w -> {
                                    w.timeout(Duration.ofHours(1));
                                    w.step("a").task("t").retry(9, Duration.ofSeconds(30));
                                }),
                        Map.of());
        assertEquals(RunStatus.QUEUED, story.standing().status());
        assertEquals(Story.START, story.standing().wakeAt());
        story.tell(new Command.Begin());
        assertEquals(RunStatus.RUNNING, story.standing().status());
        story.fail("a", true);
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertEquals("retry", story.standing().reason().code());
        assertEquals(Story.START.plusSeconds(30), story.standing().wakeAt());
        story.pass(Duration.ofSeconds(20));
        assertEquals(RunStatus.RUNNING, story.standing().status());
        story.tell(new Command.MissTask("a"));
        assertEquals(Story.START.plus(Duration.ofHours(1)), story.standing().wakeAt());
        assertEquals("it has no time of its own", null, story.standing().reason().until());
    }
}
