package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.Join;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.After;
import org.junit.Test;

/** Completed steps are undone when their run does not complete. */
public class CompensationTest {
    private Story story;

    @After
    public void replayEqualsLive() {
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    private StepStatus status(String step) {
        return story.run.step(step).status();
    }

    /** The step that the last entry begins. */
    private String begun() {
        return story.begunStep();
    }

    /** Three that can be undone, the third after the others, and a fourth that cannot. */
    private void four() {
        story =
                Story.of(
                        Map.of("card", 42),
                        w -> {
                            w.step("a").task("t").compensate("undo");
                            w.step("b").task("t").input("card", "${input.card}").compensate("undo");
                            w.step("c").task("t").after("a", "b").compensate("undo");
                            w.step("c")
                                    .compensation()
                                    .input("id", "${c.id}")
                                    .input("why", "${run.error.code}")
                                    .retry(2, Duration.ofMinutes(1));
                            w.step("d").task("t").after("c");
                        });
    }

    private Object input(String step) {
        return story.graph
                .step(step)
                .input()
                .evaluate(Decider.scope(story.run, story.run.step(step), Fact.NO_ITEM));
    }

    @Test
    public void completedStepsAreUndoneTheLastFirst() {
        four();
        story.complete("b", "B").complete("a", "A").complete("c", Map.of("id", 7));
        assertEquals(75, story.run.progress());
        story.fail("d", false);
        assertEquals(
                List.of("AttemptFailed", "StepFailed", "RunFailing", "AttemptScheduled"),
                story.types());
        assertEquals("c.compensate", begun());
        assertEquals(Map.of("id", 7L, "why", "broken"), input("c.compensate"));
        assertEquals(RunStatus.RUNNING, story.standing().status());
        assertEquals("compensating", story.standing().reason().code());
        assertEquals("c", story.standing().reason().subject());
        story.fail("c.compensate", true);
        assertEquals(RunStatus.WAITING, story.standing().status());
        assertEquals("retry", story.standing().reason().code());
        story.pass(Duration.ofMinutes(1)).complete("c.compensate", 1);
        assertEquals(StepStatus.COMPENSATED, status("c"));
        assertEquals("a.compensate", begun());
        story.complete("a.compensate", 1);
        assertEquals("b.compensate", begun());
        assertEquals(Map.of("input", Map.of("card", 42L), "output", "B"), input("b.compensate"));
        assertEquals(
                List.of("AttemptCompleted", "RunFailed"),
                story.complete("b.compensate", 1).types());
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertEquals("broken: step 'd': it broke", story.run.error());
        for (String step : List.of("a", "b", "c")) {
            assertEquals(StepStatus.COMPENSATED, status(step));
        }
        assertEquals(StepStatus.FAILED, status("d"));
    }

    @Test
    public void onlyCompletedStepsAreUndone() {
        four();
        story.complete("a", 1).fail("b", false);
        assertEquals("a.compensate", begun());
        story.complete("a.compensate", 1);
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertEquals(StepStatus.FAILED, status("b"));
        assertEquals(StepStatus.SKIPPED, status("c.compensate"));
        assertEquals(StepStatus.SKIPPED, status("b.compensate"));
    }

    @Test
    public void whatCannotBeUndoneIsSaidAndTheOthersAreUndone() {
        four();
        story.complete("a", 1).complete("b", 2).fail("c", false).fail("b.compensate", false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "AttemptScheduled"), story.types());
        assertEquals("a.compensate", begun());
        story.complete("a.compensate", 1);
        assertEquals(StepStatus.COMPLETED, status("b"));
        assertEquals(StepStatus.COMPENSATED, status("a"));
        assertEquals(
                "broken: step 'c': it broke; not undone: 'b' (broken: it broke)",
                story.run.error());
    }

    @Test
    public void aCancelledRunIsUndoneOnRequest() {
        four();
        story.complete("a", 1).tell(new Command.Pause());
        story.tell(new Command.Cancel("enough", true));
        assertNull(story.refused);
        assertEquals(List.of("RunCancelling", "AttemptScheduled"), story.types());
        assertEquals(StepStatus.CANCELLED, status("b"));
        assertEquals("compensating", story.standing().reason().code());
        story.tell(new Command.Cancel("again", true));
        assertNotNull(story.refused);
        story.complete("b", "late");
        assertEquals(List.of(), story.facts);
        story.complete("a.compensate", 1);
        assertEquals(List.of("AttemptCompleted", "RunCancelled"), story.types());
        assertEquals(RunStatus.CANCELLED, story.standing().status());
        assertEquals("enough", story.run.error());

        four();
        story.tell(new Command.Cancel("nothing done", true));
        assertEquals(List.of("RunCancelled"), story.types());

        four();
        story.complete("a", 1).tell(new Command.Cancel("at once"));
        assertEquals(List.of("RunCancelled"), story.types());
        assertEquals(StepStatus.COMPLETED, status("a"));
    }

    @Test
    public void aCancelledRunThatCannotBeUndoneFails() {
        four();
        story.complete("a", 1).tell(new Command.Cancel("enough", true)).fail("a.compensate", false);
        assertEquals(RunStatus.FAILED, story.standing().status());
        assertEquals(
                "compensation: cancelled: enough; not undone: 'a' (broken: it broke)",
                story.run.error());
    }

    @Test
    public void anOperatorMayStopTheUndoing() {
        four();
        story.complete("a", 1).complete("b", 1).fail("c", false).tell(new Command.Cancel("stop"));
        assertEquals(List.of("RunCancelled"), story.types());
        assertEquals(RunStatus.CANCELLED, story.standing().status());
        assertEquals(StepStatus.CANCELLED, status("b.compensate"));
    }

    @Test
    public void undoingComesAfterWhatRunsWhateverHappensAndBeforeTheHandler() {
        story =
                Story.of(
                        w -> {
                            w.step("a").task("t").compensate("undo");
                            w.step("b").task("t").after("a");
                            w.step("clean")
                                    .task("t")
                                    .after("b")
                                    .join(Join.ALL_DONE)
                                    .compensate("undo");
                            w.onFailure().task("alert");
                        });
        story.complete("a", 1).fail("b", false);
        assertEquals("clean", begun());
        assertEquals("clean.compensate", story.complete("clean", 1).begunStep());
        assertEquals("a.compensate", story.complete("clean.compensate", 1).begunStep());
        assertEquals("onFailure", story.complete("a.compensate", 1).begunStep());
        assertEquals("ending", story.standing().reason().code());
        story.complete("onFailure", 1);
        assertEquals(RunStatus.FAILED, story.standing().status());
    }

    @Test
    public void aRunThatIsTakenOverOrPausedGoesOnUndoing() {
        four();
        story.complete("a", 1).complete("b", 2).tell(new Command.Pause()).fail("c", false);
        assertEquals(List.of("AttemptFailed", "StepFailed", "RunFailing"), story.types());
        story.tell(new Command.Resume());
        assertEquals("b.compensate", begun());
        story.tell(new Command.Recover("n", 3));
        assertEquals(1, story.run.pending().size());
        story.tell(new Command.MissTask("b.compensate"));
        assertEquals(RunStatus.WAITING, story.standing().status());
        story.tell(new Command.OfferTask("undo"));
        story.complete("b.compensate", 1).complete("a.compensate", 1);
        assertEquals(RunStatus.FAILED, story.standing().status());
    }

    @Test
    public void manyStepsAreUndoneInTimeThatGrowsWithTheirNumber() {
        int steps = 20_000;
        story =
                Story.of(
                        w -> {
                            for (int i = 0; i < steps; i++) {
                                w.step("s" + i).task("t").compensate("undo");
                            }
                            w.step("last").task("t");
                        });
        for (int i = 0; i < steps; i++) {
            story.complete("s" + i, i);
        }
        story.fail("last", false);
        for (int i = steps - 1; i >= 0; i--) {
            assertEquals("s" + i + ".compensate", begun());
            story.complete("s" + i + ".compensate", null);
        }
        assertEquals(RunStatus.FAILED, story.standing().status());
    }
}
