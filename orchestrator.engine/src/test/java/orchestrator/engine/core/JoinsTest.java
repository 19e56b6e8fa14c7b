package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.Join;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

/** Conditions, joins, and how skips go on from step to step. */
public class JoinsTest {
    private static StepStatus status(Story story, String step) {
        return story.run.step(step).status();
    }

    /** {@code a}, {@code b} and {@code c}, each if the input says so, and {@code end} after all of them. */
    private static Story three(List<String> run, Object join) {
        return Story.of(
                Map.of("run", run),
                w -> {
                    for (String step : List.of("a", "b", "c")) {
                        w.step(step).task("t").when("'%s' =~ input.run".formatted(step));
                    }
                    w.step("end").task("t").after("a", "b", "c");
                    if (join instanceof Join kind) {
                        w.step("end").join(kind);
                    } else if (join instanceof Integer count) {
                        w.step("end").join(count);
                    }
                });
    }

    @Test
    public void aStepWhoseConditionIsFalseIsSkipped() {
        Story story =
                Story.of(
                        w -> {
                            w.step("check").task("t");
                            w.step("large").task("t").after("check").when("check.size > 10");
                            w.step("small").task("t").after("check").when("check.size <= 10");
                        });
        story.complete("check", Map.of("size", 7));
        assertEquals(List.of("AttemptCompleted", "StepSkipped", "AttemptScheduled"), story.types());
        assertEquals(new Fact.StepSkipped("large", "condition"), story.facts.get(1));
        assertEquals(StepStatus.SKIPPED, status(story, "large"));
        assertEquals(story.now, story.run.step("large").ended());
        assertEquals(66, story.run.progress());
        story.complete("small", "s");
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertNull(story.run.outputValue("large"));
    }

    @Test
    public void aConditionThatIsNeitherTrueNorFalseFailsTheStep() {
        Story story = Story.of(Map.of("n", 1), w -> w.step("a").task("t").when("input.n"));
        assertEquals(List.of("StepFailed", "RunFailed"), story.types());
        assertEquals(
                "expression: step 'a': Expected 'when' to give true or false, but found 1",
                story.run.error());
        Story none = Story.of(w -> w.step("a").task("t").when("input.n"));
        assertTrue(none.run.error(), none.run.error().startsWith("expression: step 'a': Expected"));
    }

    @Test
    public void aSkippedStepHoldsUpNobodyAndWhatComesAfterSkippedStepsAloneIsSkipped() {
        Story some = three(List.of("b"), null);
        assertEquals(List.of("StepSkipped", "AttemptScheduled", "StepSkipped"), some.types());
        assertEquals(StepStatus.PENDING, status(some, "end"));
        some.complete("b", 1);
        assertEquals(StepStatus.RUNNING, status(some, "end"));

        Story none = three(List.of(), null);
        assertEquals(
                List.of("StepSkipped", "StepSkipped", "StepSkipped", "StepSkipped", "RunCompleted"),
                none.types());
        assertEquals(new Fact.StepSkipped("end", "skipped"), none.facts.get(3));
        assertEquals(RunStatus.COMPLETED, none.standing().status());
        assertEquals("null", none.run.output().toString());
    }

    @Test
    public void anyBeginsWithTheFirstThatIsDoneAndOnce() {
        Story story = three(List.of("b", "c"), Join.ANY);
        assertEquals(StepStatus.PENDING, status(story, "end"));
        story.complete("c", 1);
        assertEquals(List.of("AttemptCompleted", "AttemptScheduled"), story.types());
        assertEquals(StepStatus.RUNNING, status(story, "end"));
        story.complete("b", 1);
        assertEquals(List.of("AttemptCompleted"), story.types());
        story.complete("end", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertEquals(StepStatus.SKIPPED, status(three(List.of(), Join.ANY), "end"));
    }

    @Test
    public void aRunGoesOnWithWhatAnyDidNotWaitFor() {
        Story story = three(List.of("a", "b"), Join.ANY).complete("a", 1).complete("end", 1);
        assertEquals(RunStatus.RUNNING, story.standing().status());
        story.complete("b", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }

    @Test
    public void aNumberBeginsWithThatManyAndIsSkippedWhenThereCannotBeSoMany() {
        Story two = three(List.of("a", "b", "c"), 2).complete("a", 1);
        assertEquals(StepStatus.PENDING, status(two, "end"));
        two.complete("c", 1);
        assertEquals(StepStatus.RUNNING, status(two, "end"));
        Story too = three(List.of("a"), 2);
        assertEquals(StepStatus.SKIPPED, status(too, "end"));
        assertEquals(StepStatus.RUNNING, status(too, "a"));
        assertEquals(
                StepStatus.RUNNING,
                status(three(List.of("a", "c"), 2).complete("a", 1).complete("c", 1), "end"));
    }

    @Test
    public void allDoneRunsAlsoWhenAllWereSkipped() {
        Story story = three(List.of(), Join.ALL_DONE);
        assertEquals(StepStatus.RUNNING, status(story, "end"));
        Story waits = three(List.of("a"), Join.ALL_DONE);
        assertEquals(StepStatus.PENDING, status(waits, "end"));
        waits.complete("a", 1);
        assertEquals(StepStatus.RUNNING, status(waits, "end"));
    }

    @Test
    public void conditionsAreLookedAtWhenTheRunGoesOnAfterAPause() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a").when("a == 1");
                            w.step("c").task("t").after("b");
                        });
        story.tell(new Command.Pause()).complete("a", 2);
        assertEquals(List.of("AttemptCompleted"), story.types());
        story.pass(Duration.ofMinutes(1)).tell(new Command.Resume());
        assertEquals(
                List.of("RunResumed", "StepSkipped", "StepSkipped", "RunCompleted"), story.types());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void aSkippedStepsOutputIsNullAndCanBeLookedInto() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t").when("false");
                            w.step("b").task("t");
                            w.step("c")
                                    .task("t")
                                    .after("a", "b")
                                    .when("a == null and a?.x == null");
                            w.output(Map.of("a", "${a}", "b", "${b}", "inner", "${a?.x.y}"));
                        });
        story.complete("b", 5).complete("c", 1);
        assertEquals(RunStatus.COMPLETED, story.standing().status());
        assertEquals("{\"a\":null,\"b\":5,\"inner\":null}", story.run.output().toString());
    }

    @Test
    public void oneHundredThousandStepsAreSkippedOneAfterTheOther() {
        int steps = 100_000;
        Story story =
                Story.of(
                        w -> {
                            w.step("s0").task("t").when("false");
                            for (int i = 1; i < steps; i++) {
                                w.step("s" + i).task("t").after("s" + (i - 1));
                            }
                        });
        assertEquals(steps + 1, story.facts.size());
        assertEquals(RunStatus.COMPLETED, story.standing().status());
    }
}
