package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;
import org.junit.Test;

public class WaitsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private static Story until(String until, Map<String, Object> input) {
        return Story.of(
                input,
                w -> {
                    w.step("nap").wait(until);
                    w.step("work").task("t").after("nap");
                });
    }

    private static Story review(Duration timeout) {
        return Story.of(
                w -> {
                    w.step("draft").task("t");
                    w.step("review").waitFor("reviewed", timeout).after("draft");
                    w.step("publish").task("t").after("review").input("r", "${review.by}");
                });
    }

    private static Story signal(Story story, String name, Object payload) {
        return story.tell(
                new Command.Signal("m" + story.journal.size(), name, Payload.ofTree(payload)));
    }

    private static Story reachTime(Story story) {
        return story.tell(new Command.ReachTime());
    }

    @Test
    public void aWaitRecordsWhenItEndsAndEndsThen() {
        Story story = until("2d", Map.of());
        assertEquals(
                List.of(new Fact.WaitBegan("nap", null, story.now.plus(DAY).plus(DAY))),
                story.facts);
        Summaries.Standing standing = story.standing();
        assertEquals(RunStatus.WAITING, standing.status());
        assertEquals(story.now.plus(Duration.ofDays(2)), standing.wakeAt());
        assertEquals(new Reason("timer", "nap", story.now, standing.wakeAt()), standing.reason());
        assertEquals(Set.of(), standing.waitKeys());
        reachTime(story.pass(DAY));
        assertEquals(List.of(), story.facts);
        reachTime(story.pass(DAY));
        assertEquals(List.of("WaitEnded", "AttemptScheduled"), story.types());
        assertNull(story.run.outputValue("nap"));
        assertNull(story.run.nextTime());
        assertEquals(RunStatus.RUNNING, story.standing().status());
    }

    @Test
    public void noWaitEndsLaterThanStoresCanSay() {
        for (String until : List.of("+999999999-12-31T23:59:59Z", "999999999d")) {
            Story story = until("${input.until}", Map.of("until", until));
            assertEquals(story.now.plus(Duration.ofDays(36_500)), story.standing().wakeAt());
        }
    }

    @Test
    public void whatIsDueSoonStaysInMemory() {
        Story story = until("10s", Map.of());
        assertEquals(RunStatus.RUNNING, story.standing().status());
        assertEquals(story.now.plusSeconds(10), story.standing().wakeAt());
        assertEquals(RunStatus.WAITING, until("10s1ms", Map.of()).standing().status());
    }

    @Test
    public void anExpressionGivesADurationOrAnInstant() {
        Story duration = until("${input.t}", Map.of("t", "90m"));
        assertEquals(duration.now.plusSeconds(5400), duration.run.nextTime());
        Story instant = until("${input.day}T06:00:00+01:00", Map.of("day", "2026-03-01"));
        assertEquals(Instant.parse("2026-03-01T05:00:00Z"), instant.run.nextTime());
        Story constant = until("2026-03-01T05:00:00Z", Map.of());
        assertEquals(Instant.parse("2026-03-01T05:00:00Z"), constant.run.nextTime());
        Story past = until("2020-01-01T00:00:00Z", Map.of());
        assertEquals(List.of("WaitBegan", "WaitEnded", "AttemptScheduled"), past.types());
        for (Object wrong : List.of("soon", 5, List.of(), "")) {
            Story failed = until("${input.t}", Map.of("t", wrong));
            assertEquals(RunStatus.FAILED, failed.standing().status());
            assertTrue(
                    failed.run.error(),
                    failed.run.error().startsWith("expression: step 'nap': Expected wait"));
        }
    }

    @Test
    public void aPauseMovesTheEndOfAWait() {
        Story story = until("2d", Map.of());
        story.pass(DAY).tell(new Command.Pause());
        assertNull(story.run.nextTime());
        reachTime(story.pass(DAY.multipliedBy(9)));
        assertEquals(List.of(), story.facts);
        story.tell(new Command.Resume());
        assertEquals(story.now.plus(DAY), story.run.nextTime());
        reachTime(story.pass(DAY));
        assertEquals(List.of("WaitEnded", "AttemptScheduled"), story.types());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void severalWaitsEndInTheOrderOfTheirTimes() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").wait(DAY.multipliedBy(3));
                            w.step("b").wait(DAY);
                            w.step("c").wait(DAY.multipliedBy(2));
                        });
        assertEquals(story.now.plus(DAY), story.standing().wakeAt());
        reachTime(story.pass(DAY.multipliedBy(2)));
        assertEquals(List.of(new Fact.WaitEnded("b"), new Fact.WaitEnded("c")), story.facts);
        story.pass(DAY).tell(new Command.Recover("n", 2));
        assertEquals(List.of("RunRecovered", "WaitEnded", "RunCompleted"), story.types());
    }

    @Test
    public void theOutputOfAWaitForASignalIsItsPayload() {
        Story story = review(Duration.ofDays(2)).complete("draft", 1);
        Summaries.Standing standing = story.standing();
        assertEquals(RunStatus.WAITING, standing.status());
        assertEquals(Set.of("signal:reviewed"), standing.waitKeys());
        assertEquals(
                new Reason("signal", "reviewed", story.now, story.now.plus(Duration.ofDays(2))),
                standing.reason());
        signal(story.pass(DAY), "reviewed", Map.of("by", "Ada"));
        assertEquals(List.of("SignalReceived", "SignalTaken", "AttemptScheduled"), story.types());
        assertEquals(Map.of("by", "Ada"), story.run.outputValue("review"));
        signal(story, "reviewed", Map.of("by", "Bob"));
        assertTrue(story.refused, story.refused.contains("is not waited for any more"));
        assertEquals(List.of("CommandRefused"), story.types());
        assertNotNull(((Fact.CommandRefused) story.facts.get(0)).id());
        signal(story, "other", null);
        assertTrue(story.refused, story.refused.contains("'other' is none of this workflow"));
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void aSignalBeforeItsWaitIsKept() {
        Story story = review(DAY);
        signal(story, "reviewed", Map.of("by", "Ada"));
        assertNull(story.refused);
        assertEquals(List.of("SignalReceived"), story.types());
        signal(story, "reviewed", Map.of("by", "Bob"));
        assertTrue(story.refused, story.refused.contains("is there already"));
        story.complete("draft", 1);
        assertEquals(
                List.of("AttemptCompleted", "WaitBegan", "SignalTaken", "AttemptScheduled"),
                story.types());
        assertEquals(Map.of("by", "Ada"), story.run.outputValue("review"));
    }

    @Test
    public void signalsOfOneNameAreTakenInTheirOrderByOneStepEach() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").waitFor("s");
                            w.step("b").waitFor("s");
                        });
        signal(signal(story, "s", 1), "s", 2);
        assertEquals(1L, story.run.outputValue("a"));
        assertEquals(2L, story.run.outputValue("b"));
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void aSignalThatDoesNotComeInTimeFailsTheStep() {
        Story story = review(DAY).complete("draft", 1);
        reachTime(story.pass(DAY));
        assertEquals(List.of("StepFailed", "RunFailed"), story.types());
        assertEquals("timeout", ((Fact.StepFailed) story.facts.get(0)).code());
        assertEquals(StepStatus.FAILED, story.run.step("review").status());
        signal(story, "reviewed", null);
        assertTrue(story.refused, story.refused.contains("it has ended as FAILED"));
    }

    @Test
    public void aSignalToAPausedRunIsTakenWhenItGoesOn() {
        Story story = review(DAY).complete("draft", 1).tell(new Command.Pause());
        signal(story, "reviewed", Map.of("by", "Ada"));
        assertEquals(List.of("SignalReceived"), story.types());
        story.pass(DAY.multipliedBy(5)).tell(new Command.Resume());
        assertEquals(List.of("RunResumed", "SignalTaken", "AttemptScheduled"), story.types());
    }

    @Test
    public void theDeadlineOfTheRunIsOneOfItsTimes() {
        Story story =
                Story.of(
                        w -> {
                            w.timeout(DAY);
                            w.step("a").wait(DAY.multipliedBy(2));
                        });
        assertEquals(story.now.plus(DAY), story.standing().wakeAt());
        assertEquals(story.now.plus(DAY.multipliedBy(2)), story.standing().reason().until());
        reachTime(story.pass(DAY));
        assertEquals(List.of("RunFailed"), story.types());
        assertEquals(StepStatus.CANCELLED, story.run.step("a").status());
    }

    @Test
    public void manyWaitsCostTwoEntriesEach() {
        int steps = 20_000;
        Story story =
                Story.of(
                        w -> {
                            for (int i = 0; i < steps; i++) {
                                w.step("s" + i).wait(Duration.ofSeconds(60 + i));
                            }
                        });
        assertEquals(steps, story.facts.size());
        for (int i = 0; i < steps; i++) {
            story.now = story.run.nextTime();
            reachTime(story);
            assertEquals("WaitEnded", story.types().get(0));
            story.standing();
        }
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }
}
