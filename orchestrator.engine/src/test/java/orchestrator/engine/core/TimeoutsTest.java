package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.FailedItems;
import orchestrator.api.StepBuilder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class TimeoutsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Story of(Consumer<StepBuilder> limits) {
        return Story.of(
                Map.of("list", List.of(1, 2, 3)),
                w -> limits.accept(w.step("a").task("t").retry(9, Duration.ofMinutes(10))));
    }

    private static Story fail(Story story, String code) {
        int attempt = story.run.step("a").cell(Fact.NO_ITEM).attempt();
        return story.tell(
                new Command.FailAttempt("a", Fact.NO_ITEM, attempt, "1", code, "it broke", true));
    }

    private static Story reachTime(Story story) {
        return story.tell(new Command.ReachTime());
    }

    @Test
    public void aStepMustEndInTimeWithAllItsAttempts() {
        Story story = of(step -> step.stepTimeout(HOUR));
        assertEquals(List.of("StepTimed", "AttemptScheduled"), story.types());
        assertEquals(story.now.plus(HOUR), story.run.nextTime());
        reachTime(fail(story.pass(Duration.ofMinutes(55)), "broken"));
        assertEquals(StepStatus.RETRYING, story.run.step("a").status());
        reachTime(story.pass(Duration.ofMinutes(5)));
        assertEquals(List.of("StepFailed", "RunFailed"), story.types());
        assertEquals("timeout", ((Fact.StepFailed) story.facts.get(0)).code());
        assertNull(story.run.nextTime());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void theEndOfARunInTimeSaysWhatWentWrongBefore() {
        Story story =
                Story.of(w -> w.timeout(HOUR).step("a").task("t").retry(9, Duration.ofMinutes(50)));
        fail(story.pass(Duration.ofMinutes(20)), "broken");
        reachTime(story.pass(Duration.ofMinutes(40)));
        assertEquals(
                "Expected the run to end by 2026-01-01T01:00:00Z, but it was still going on; step 'a' was being tried again, its last error: broken: it broke",
                ((Fact.RunFailed) story.facts.get(0)).message());
    }

    @Test
    public void anItemThatWasTriedAgainAndCompletedIsNotNamedAtTheEnd() {
        Story story =
                Story.of(
                        w ->
                                w.timeout(HOUR)
                                        .step("a")
                                        .task("t")
                                        .retry(2, Duration.ZERO)
                                        .forEach("[1, 2]"));
        story.fail("a", 0, true).complete("a", 0, "x");
        reachTime(story.pass(Duration.ofHours(1)));
        assertEquals(
                "Expected the run to end by 2026-01-01T01:00:00Z, but it was still going on",
                ((Fact.RunFailed) story.facts.get(0)).message());
    }

    @Test
    public void aPauseMovesTheEndOfAStep() {
        Story story = of(step -> step.stepTimeout(HOUR).forEach("input.list").concurrency(2));
        story.complete("a", 0, 1).tell(new Command.Pause()).pass(HOUR.multipliedBy(3));
        story.tell(new Command.Resume());
        assertEquals(story.now.plus(HOUR), story.run.nextTime());
        story.complete("a", 1, 1).complete("a", 2, 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertTrue(story.run.waits.next() == null);
    }

    @Test
    public void aStepThatNobodyCanDoInTimeFailsAndIsNotTriedAgain() {
        Story story = of(step -> step.queueTimeout(HOUR)).tell(new Command.MissTask("a"));
        Summaries.Standing standing = story.standing();
        assertEquals(RunStatus.WAITING, standing.status());
        assertEquals(story.now.plus(HOUR), standing.wakeAt());
        assertEquals(story.now.plus(HOUR), standing.reason().until());
        reachTime(story.pass(HOUR));
        assertEquals(List.of("StepFailed", "RunFailed"), story.types());
        assertEquals(Limits.QUEUE_TIMEOUT, ((Fact.StepFailed) story.facts.get(0)).code());

        Story found = of(step -> step.queueTimeout(HOUR)).tell(new Command.MissTask("a"));
        found.pass(HOUR.dividedBy(2)).tell(new Command.OfferTask("t"));
        assertNull(found.run.nextTime());
        reachTime(found.pass(HOUR));
        assertEquals(List.of(), found.types());
    }

    @Test
    public void noAttemptBeginsLaterThanItsPolicySays() {
        Story story = of(step -> step.retryWithin(Duration.ofMinutes(25)));
        assertEquals(List.of("AttemptFailed", "AttemptScheduled"), fail(story, "x").types());
        story.pass(Duration.ofMinutes(10)); // the third begins after 20 minutes
        assertEquals(List.of("AttemptFailed", "AttemptScheduled"), fail(story, "x").types());
        story.pass(Duration.ofMinutes(10)); // the fourth would after 30
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), fail(story, "x").types());
    }

    @Test
    public void aPauseDoesNotCountForThePolicy() {
        Story story = of(step -> step.retryWithin(Duration.ofMinutes(25)));
        story.tell(new Command.Pause()).pass(HOUR).tell(new Command.Resume());
        assertEquals(List.of("AttemptFailed", "AttemptScheduled"), fail(story, "x").types());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void someFailuresAreNotTriedAgain() {
        Story story = of(step -> step.noRetryOn("bad-input", "IOException"));
        assertEquals(List.of("AttemptFailed", "AttemptScheduled"), fail(story, "x").types());
        fail(story.pass(HOUR), "bad-input");
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals(false, ((Fact.AttemptFailed) story.facts.get(0)).retryable());
    }

    @Test
    public void timesGoWithTheirStepsWhenThoseGetOtherPlaces() {
        Story story =
                Story.of(
                        w -> {
                            w.step("m").task("t").retry(2, HOUR).stepTimeout(HOUR.multipliedBy(9));
                            w.step("n").wait(HOUR.multipliedBy(2));
                        });
        story.fail("m", true);
        story.migrate(
                Story.graph(
                        w -> {
                            w.step("a").waitFor("s");
                            w.step("m").task("t").retry(2, HOUR).stepTimeout(HOUR.multipliedBy(9));
                            w.step("n").wait(HOUR.multipliedBy(2));
                            w.step("o").task("t").after("a");
                        }));
        assertEquals(null, story.refused);
        assertEquals(story.now.plus(HOUR), story.standing().wakeAt());
        story.pass(HOUR).complete("m", 1);
        assertEquals(0, story.run.delays.size());
        assertEquals(story.now.plus(HOUR), story.standing().wakeAt());
        reachTime(story.pass(HOUR));
        assertEquals(List.of("WaitEnded"), story.types());
        assertNull(story.standing().wakeAt());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void itemsHaveTheirOwnTimeForAttempts() {
        Story story =
                of(
                        step ->
                                step.forEach("input.list")
                                        .concurrency(1)
                                        .failedItems(FailedItems.CONTINUE)
                                        .retryWithin(Duration.ofMinutes(15)));
        for (int item = 0; item < 3; item++) {
            story.fail("a", item, true).pass(Duration.ofMinutes(10));
            assertEquals("AttemptScheduled", story.types().get(1));
            story.fail("a", item, true);
            assertEquals("ItemFailed", story.types().get(1));
        }
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }
}
