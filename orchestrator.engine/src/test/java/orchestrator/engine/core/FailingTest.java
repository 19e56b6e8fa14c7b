package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
import orchestrator.api.StepBuilder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.After;
import org.junit.Test;

/** What failures mean: of items, of steps, of runs; and what runs because of them. */
public class FailingTest {
    private Story story;

    @After
    public void replayEqualsLive() {
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    private StepStatus status(String step) {
        return story.run.step(step).status();
    }

    @Test
    public void aRunGoesOnAfterAStepThatMayFail() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t").onFailure(OnFailure.CONTINUE);
                            w.step("b").task("t").after("a").when("not empty(a?.error)");
                            w.step("c").task("t").after("a");
                        });
        story.fail("a", false);
        assertEquals(
                List.of("AttemptFailed", "StepFailed", "AttemptScheduled", "AttemptScheduled"),
                story.types());
        assertEquals(StepStatus.FAILED, status("a"));
        assertEquals(
                Map.of("error", Map.of("code", "broken", "message", "it broke")),
                Decider.scope(story.run, null, false).get("a"));
        story.complete("b", 1).complete("c", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertNull(story.run.error());
    }

    @Test
    public void whatRunsWhateverHappensRunsInARunThatFails() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a");
                            w.step("other").task("t");
                            w.step("clean").task("t").after("b", "other").join(Join.ALL_DONE);
                            w.step("late").task("t").after("clean");
                            w.step("last").task("t").after("clean").join(Join.ALL_DONE);
                        });
        story.fail("a", false);
        assertEquals(
                List.of("AttemptFailed", "StepFailed", "RunFailing", "AttemptScheduled"),
                story.types());
        assertEquals(StepStatus.CANCELLED, status("b"));
        assertEquals(StepStatus.CANCELLED, status("other"));
        assertEquals(StepStatus.CANCELLED, status("late"));
        assertEquals(StepStatus.RUNNING, status("clean"));
        assertEquals(RunStatus.RUNNING, story.standing().status());
        assertEquals("ending", story.standing().reason().code());
        assertEquals("FAILED", story.standing().reason().subject());
        story.complete("clean", 1).fail("last", false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals("broken: step 'a': it broke", story.run.error());
    }

    @Test
    public void oneThatWaitsForNothingMoreLetsTheRunFailAtOnce() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("clean").task("t").after("a").join(Join.ALL_DONE);
                            w.step("b").task("t").after("clean");
                        });
        story.complete("a", 1).complete("clean", 1).fail("b", false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
    }

    @Test
    public void theWorkflowsHandlerRunsLastAndChangesNothingAboutTheEnd() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("clean").task("t").after("a").join(Join.ALL_DONE);
                            w.onFailure()
                                    .task("alert")
                                    .input("why", "${run.error.code} at ${run.error.step}")
                                    .retry(2, Duration.ofMinutes(1));
                        });
        assertEquals(100 / 2, story.complete("a", 1).run.progress());
        story.fail("clean", false);
        assertEquals(
                List.of("AttemptFailed", "StepFailed", "RunFailing", "AttemptScheduled"),
                story.types());
        assertEquals("onFailure", ((Fact.AttemptScheduled) story.facts.get(3)).step());
        assertEquals(
                Map.of("why", "broken at clean"),
                story.graph.onFailure().input().evaluate(Decider.scope(story.run, null, false)));
        story.fail("onFailure", true);
        assertEquals(RunStatus.WAITING, story.standing().status());
        story.pass(Duration.ofMinutes(1)).fail("onFailure", true);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals("broken: step 'clean': it broke", story.run.error());
    }

    @Test
    public void aHandlerThatIsNotNeededIsSkipped() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.onFailure().task("alert");
                        });
        story.complete("a", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertEquals(StepStatus.SKIPPED, status("onFailure"));
        assertEquals("1", story.run.output().toString());
    }

    @Test
    public void aRunThatFailsHasAllTheTimeThatItNeeds() {
        story =
                Story.of(
                        w -> {
                            w.timeout(Duration.ofMinutes(1));
                            w.step("a").task("t");
                            w.onFailure().task("alert");
                        });
        story.pass(Duration.ofMinutes(1)).tell(new Command.ReachTime());
        assertEquals(List.of("RunFailing", "AttemptScheduled"), story.types());
        assertEquals(StepStatus.CANCELLED, status("a"));
        assertEquals(
                List.of(), story.pass(Duration.ofHours(1)).tell(new Command.ReachTime()).facts);
        story.complete("a", "late");
        assertEquals(List.of(), story.facts);
        story.tell(new Command.MissTask("onFailure"));
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertNull(story.standing().wakeAt());
        story.tell(new Command.OfferTask("alert")).complete("onFailure", 1);
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertTrue(story.run.error(), story.run.error().startsWith("timeout: Expected the run to"));
    }

    @Test
    public void aRunThatIsHeldFailsWhenItGoesOn() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.onFailure().task("alert");
                        });
        story.tell(new Command.Pause()).fail("a", false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailing"), story.types());
        assertEquals(RunStatus.PAUSED, story.standing().status());
        story.tell(new Command.Resume());
        assertEquals(List.of("RunResumed", "AttemptScheduled"), story.types());
        story.tell(new Command.Recover("n", 2)).complete("onFailure", 1);
        assertEquals(RunStatus.FAILED, story.standing().status());
    }

    @Test
    public void anOutputWithoutValueFailsTheRunAsAnythingElse() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.output("${a.missing}");
                            w.onFailure().task("alert");
                        });
        story.complete("a", Map.of());
        assertEquals(List.of("AttemptCompleted", "RunFailing", "AttemptScheduled"), story.types());
        story.complete("onFailure", 1);
        assertTrue(story.run.error(), story.run.error().startsWith("output: Expected 'missing'"));
    }

    @Test
    public void aCancelledRunEndsAtOnce() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("clean").task("t").after("a").join(Join.ALL_DONE);
                            w.onFailure().task("alert");
                        });
        story.tell(new Command.Cancel("enough"));
        assertEquals(List.of("RunCancelled"), story.types());
        assertEquals(StepStatus.CANCELLED, status("clean"));
        assertEquals(StepStatus.SKIPPED, status("onFailure"));
    }

    private void items(int items, Consumer<StepBuilder> policy) {
        story =
                Story.of(
                        Map.of("list", Collections.nCopies(items, 7)),
                        w -> policy.accept(w.step("each").task("t").forEach("input.list")));
    }

    @Test
    public void moreFailedItemsThanTheNumberFailTheStep() {
        items(5, step -> step.failedItemsAtMost(2));
        story.fail("each", 0, false).fail("each", 3, false);
        assertEquals(List.of("AttemptFailed", "ItemFailed"), story.types());
        story.fail("each", 4, false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals(
                "broken: step 'each': 3 of 5 items have failed, the last is item 4: it broke",
                story.run.error());
    }

    @Test
    public void moreFailedItemsThanThePartFailTheStep() {
        items(40, step -> step.failedItemsAtMostPercent(7.5));
        for (int i = 0; i < 3; i++) {
            story.fail("each", i, false);
            assertEquals(StepStatus.RUNNING, status("each"));
        }
        story.fail("each", 3, false);
        assertEquals(StepStatus.FAILED, status("each"));
    }

    @Test
    public void aStepOfManyItemsMayFailAndTheRunGoOn() {
        items(3, step -> step.onFailure(OnFailure.CONTINUE));
        story.fail("each", 1, false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunCompleted"), story.types());
        assertEquals(0, story.run.pending().size());
        assertEquals(0, story.run.scheduled);
    }
}
