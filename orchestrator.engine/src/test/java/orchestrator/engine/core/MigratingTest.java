package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepChange;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Graph;
import org.junit.Test;

public class MigratingTest {
    private static Graph graph(Consumer<WorkflowBuilder> describe) {
        return Story.graph(
                w -> {
                    w.version("2");
                    describe.accept(w);
                });
    }

    private static Story two() {
        return Story.of(
                Map.of("x", 1),
                w -> {
                    w.step("a").task("t");
                    w.step("b").task("t").after("a").input("n", "${a}");
                });
    }

    private static void expectRefusal(Story story, Graph to, String part) {
        Migrating migrating = new Migrating(story.run, to);
        assertTrue(
                migrating.refusals().toString(),
                migrating.refusals().stream().anyMatch(r -> r.contains(part)));
        String before = Dump.of(story.run);
        story.migrate(to);
        assertTrue(story.refused, story.refused.contains(part));
        assertEquals(List.of("CommandRefused"), story.types());
        assertEquals("nothing has changed", before, Dump.of(story.run));
    }

    private static void expectReplay(Story story) {
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void stepsThatHaveNotBegunMayBeAnything() {
        Story story = two().complete("a", 7);
        story.pass(Duration.ofSeconds(1)).fail("b", true);
        Graph to =
                graph(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a").input("n", "${a}");
                            w.step("c").task("new").forEach("[1, 2]").after("b");
                        });
        assertNull(story.migrate(to).refused);
        assertEquals("2", Summaries.of("r", story.run, story.now).version());
        assertEquals(to.document().hash(), story.run.terms().definition());
        assertEquals("1 of 3, but 50 was said", 50, story.run.progress());
        story.complete("b", 8).complete("c", 0, 1).complete("c", 1, 2);
        assertEquals(RunStatus.COMPLETED, story.run.end());
        expectReplay(story);
    }

    @Test
    public void aStepThatWasTakenAwayIsNotWaitedFor() {
        Story story = two();
        assertNull(story.migrate(graph(w -> w.step("a").task("t"))).refused);
        story.complete("a", 1);
        assertEquals(RunStatus.COMPLETED, story.run.end());
        expectReplay(story);
    }

    @Test
    public void aRunOfWhichNothingIsLeftCompletes() {
        Story story = two().complete("a", 1).tell(new Command.MissTask("b"));
        assertNull(story.migrate(graph(w -> w.step("a").task("t"))).refused);
        assertEquals(
                List.of("StepReady", "AttemptHandedBack", "RunMigrated", "RunCompleted"),
                story.types());
        expectReplay(story);
    }

    @Test
    public void aStepThatWaitsForATaskGetsAnother() {
        Story story = two().tell(new Command.MissTask("a"));
        Graph to =
                graph(
                        w -> {
                            w.step("a").task("other");
                            w.step("b").task("t").after("a").input("n", "${a}");
                        });
        Migrating migrating = new Migrating(story.run, to);
        assertEquals(1, migrating.changes().size());
        StepChange change = migrating.changes().get(0);
        assertEquals(List.of("task: t → other"), change.details());
        assertEquals(StepChange.Kind.CHANGED, change.kind());
        assertEquals(StepStatus.WAITING, change.status());
        assertNull(story.migrate(to).refused);
        assertEquals(
                List.of("StepReady", "AttemptHandedBack", "RunMigrated", "AttemptScheduled"),
                story.types());
        assertEquals(2, story.run.step("a").cell(Fact.NO_ITEM).attempt());
        story.tell(new Command.CompleteAttempt("a", Fact.NO_ITEM, 1, "1", null));
        assertEquals("late results are dropped", StepStatus.RUNNING, story.run.step("a").status());
        expectReplay(story);
    }

    @Test
    public void whatDiffersBesideTheStepsIsSaid() {
        Story story = whole("t", 1, Duration.ofHours(1), "total", "${b}");
        Graph to = whole("u", 2, Duration.ofHours(2), "sum", "${a}").graph;
        Migrating migrating = new Migrating(story.run, to);
        assertEquals(List.of(), migrating.changes());
        assertEquals(
                List.of(
                        "description: nothing → of u",
                        "input: nothing → {\"required\":[\"y\"]}",
                        "onFailure.input.n: 1 → 2",
                        "onFailure.task: t → u",
                        "output.sum: nothing → ${a}",
                        "output.total: ${b} → nothing",
                        "priority: nothing → 2 (this run keeps its own)",
                        "timeout: 1h → 2h (this run keeps its deadline)"),
                migrating.differences());
        assertEquals(List.of(), new Migrating(story.run, story.graph).differences());
    }

    private static Story whole(
            String task, int number, Duration timeout, String output, String value) {
        return Story.of(
                Map.of("x", 1, "y", 2),
                w -> {
                    w.step("a").task("t");
                    w.step("b").task("t").after("a").input("n", "${a}");
                    w.onFailure().task(task).input("n", number);
                    w.timeout(timeout).output(Map.of(output, value));
                    if (number > 1) {
                        w.version("2").description("of " + task).requireInput("y").priority(2);
                    }
                });
    }

    @Test
    public void aHeldRunGoesOnWithTheOtherDefinitionLater() {
        Story story = two().tell(new Command.Pause());
        Graph to =
                graph(
                        w -> {
                            w.step("a").task("other");
                            w.step("zero").task("t");
                        });
        assertNull(story.migrate(to).refused);
        assertEquals(List.of("AttemptHandedBack", "RunMigrated"), story.types());
        story.tell(new Command.Resume());
        assertEquals(StepStatus.RUNNING, story.run.step("zero").status());
        assertEquals(StepStatus.RUNNING, story.run.step("a").status());
        story.complete("zero", 1).complete("a", 1);
        assertEquals(RunStatus.COMPLETED, story.run.end());
        expectReplay(story);
    }

    @Test
    public void finishedStepsMustBeTheSame() {
        Story story = two().complete("a", 1);
        expectRefusal(
                story,
                graph(
                        w -> {
                            w.step("a").task("other");
                            w.step("b").task("t").after("a").input("n", "${a}");
                        }),
                "Expected finished steps as they are, but step 'a' (COMPLETED) differs: task: t → other");
        expectRefusal(
                story, graph(w -> w.step("b").task("t").input("n", 1)), "it is not there any more");
    }

    @Test
    public void nothingComesBeforeWhatHasBegun() {
        expectRefusal(
                two(),
                graph(
                        w -> {
                            w.step("first").task("t");
                            w.step("a").task("t").after("first");
                        }),
                "but found after: nothing → [\"first\"]");
    }

    @Test
    public void theListOfWhatHasBegunStays() {
        Story story = Story.of(w -> w.step("each").task("t").forEach("[1, 2]").concurrency(1));
        expectRefusal(
                story,
                graph(w -> w.step("each").task("t").forEach("[1, 2, 3]").concurrency(1)),
                "forEach: [1, 2] → [1, 2, 3]");
        assertNull(
                story.migrate(graph(w -> w.step("each").task("t").forEach("[1, 2]").concurrency(2)))
                        .refused);
        story.complete("each", 0, 1).complete("each", 1, 1);
        assertEquals(RunStatus.COMPLETED, story.run.end());
        expectReplay(story);
    }

    @Test
    public void aRunInProgressBelowStandsAgainstIt() {
        Story story = Story.of(w -> w.step("sub").workflow("part").retry(2, Duration.ZERO));
        expectRefusal(
                story,
                graph(w -> w.step("sub").workflow("part").retry(5, Duration.ZERO)),
                "Expected no run of step 'sub' in progress, but there is one");
    }

    @Test
    public void theInputMustSuitTheOtherDefinition() {
        expectRefusal(
                two(),
                graph(
                        w -> {
                            w.requireInput("y");
                            w.step("a").task("t");
                        }),
                "Expected the input 'y', but it is missing");
    }

    @Test
    public void theSameDefinitionAndEndedRunsAreRefused() {
        Story story = Story.of(w -> w.step("a").task("t"));
        expectRefusal(story, story.graph, "the run has this one already");
        story.complete("a", 1);
        Migrating ended = new Migrating(story.run, graph(w -> w.step("a").task("t")));
        assertEquals(
                List.of("Expected a run that goes on, but it has ended as COMPLETED"),
                ended.refusals());
    }
}
