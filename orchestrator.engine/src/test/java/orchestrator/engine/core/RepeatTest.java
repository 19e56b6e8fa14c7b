package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.After;
import org.junit.Test;

/** Steps that run again and again. */
public class RepeatTest {
    private Story story;

    @After
    public void replayEqualsLive() {
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    private Cell cell() {
        return story.run.step("a").cell(Fact.NO_ITEM);
    }

    private Object input() {
        return story.graph
                .step("a")
                .input()
                .evaluate(Decider.scope(story.run, story.run.step("a"), Fact.NO_ITEM));
    }

    @Test
    public void aStepRunsUntilItsConditionHolds() {
        story =
                Story.of(
                        w -> {
                            w.step("a")
                                    .task("t")
                                    .input("last", "${a?.n}")
                                    .repeat("a.n >= input.enough", 10);
                            w.step("b").task("t").after("a");
                        });
        story.complete("a", Map.of("n", 1));
        assertEquals("expression", story.run.error().substring(0, 10)); // there is no such input

        story =
                Story.of(
                        Map.of("enough", 3),
                        w -> {
                            w.step("a")
                                    .task("t")
                                    .input("last", "${a?.n}")
                                    .repeat("a.n >= input.enough", 10);
                            w.step("b").task("t").after("a");
                        });
        assertNull(((Map<?, ?>) input()).get("last"));
        story.complete("a", Map.of("n", 1));
        assertEquals(List.of("IterationCompleted", "AttemptScheduled"), story.types());
        assertEquals(1, cell().iteration());
        assertEquals(2, cell().attempt());
        assertEquals(Map.of("last", 1L), input());
        assertNull(story.run.outputValue("a"));
        story.complete("a", Map.of("n", 2));
        assertEquals(Map.of("last", 2L), input());
        story.complete("a", Map.of("n", 3));
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        assertEquals(Map.of("n", 3L), story.run.outputValue("a"));
        assertEquals(3, story.run.step("a").attempts());
    }

    @Test
    public void eachIterationHasAttemptsOfItsOwn() {
        story =
                Story.of(
                        w ->
                                w.step("a")
                                        .task("t")
                                        .retry(2, Duration.ofSeconds(7))
                                        .repeat("a", 3, Duration.ofMinutes(5)));
        story.fail("a", true).pass(Duration.ofSeconds(7)).complete("a", false);
        assertEquals(story.now.plus(Duration.ofMinutes(5)), cell().notBefore());
        assertEquals(StepStatus.RUNNING, story.run.step("a").status());
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertEquals("repeat", story.standing().reason().code());
        assertEquals(cell().notBefore(), story.standing().wakeAt());
        story.pass(Duration.ofMinutes(5)).handBack("a", Fact.NO_ITEM);
        assertNull(cell().notBefore());
        story.fail("a", true);
        assertEquals(story.now.plusSeconds(7), cell().notBefore());
        assertEquals(StepStatus.RETRYING, story.run.step("a").status());
        story.fail("a", true);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailed"), story.types());
        assertEquals(1, cell().iteration());
    }

    @Test
    public void beyondItsLimitTheStepFails() {
        story = Story.of(w -> w.step("a").task("t").repeat("false", 2));
        story.complete("a", 1).complete("a", 2);
        assertEquals(List.of("IterationCompleted", "StepFailed", "RunFailed"), story.types());
        assertEquals(
                "limit: step 'a': Expected 'until' to give true within 2 iterations, but it did not",
                story.run.error());
    }

    @Test
    public void aPauseHoldsTheNextIteration() {
        story = Story.of(w -> w.step("a").task("t").repeat("a == 2", 9, Duration.ofMinutes(5)));
        story.tell(new Command.Pause()).complete("a", 1);
        assertEquals(List.of("IterationCompleted"), story.types());
        story.pass(Duration.ofHours(1)).tell(new Command.Resume());
        assertEquals(List.of("RunResumed", "AttemptScheduled"), story.types());
        assertEquals(story.now.plus(Duration.ofMinutes(5)), cell().notBefore());
        story.complete("a", 2);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void lossesCountInTheirIteration() {
        story = Story.of(w -> w.step("a").task("t").repeat("a", 9));
        for (int i = 0; i < 4; i++) {
            story.tell(new Command.Recover("n", 2 + i)).start("a");
            assertEquals(List.of("AttemptStarted"), story.types());
            story.complete("a", false);
        }
        story.tell(new Command.Recover("n", 9)).complete("a", true);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void aWorkflowIsRepeatedByNewRuns() {
        story = Story.of(w -> w.step("a").workflow("part").repeat("a == 'b'", 9));
        ChildId first = story.run.children().get(0);
        story.childCompletes("a", Fact.NO_ITEM, "a");
        assertEquals(List.of("IterationCompleted", "AttemptScheduled"), story.types());
        assertTrue(!story.run.children().contains(first));
        story.childCompletes("a", Fact.NO_ITEM, "b");
        assertEquals("\"b\"", story.run.output().toString());
    }
}
