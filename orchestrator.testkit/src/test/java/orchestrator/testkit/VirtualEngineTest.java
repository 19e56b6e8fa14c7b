package orchestrator.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Rule;
import org.junit.Test;

public class VirtualEngineTest {
    @Rule public final VirtualEngine engine = new VirtualEngine();

    @Test(timeout = 60_000)
    public void aWaitOf30DaysTakesNoTime() {
        TaskDouble remind = TaskDouble.echo();
        engine.task("remind", remind)
                .workflow(
                        "trial",
                        w -> {
                            w.step("month").wait(Duration.ofDays(30));
                            w.step("mail").task("remind").after("month").input("to", "${input.to}");
                        });
        RunHandle run = engine.start("trial", Map.of("to", "ada@example.com"));
        engine.assertThat(run.id()).is(RunStatus.WAITING).step("mail", StepStatus.PENDING);
        engine.advance(Duration.ofDays(29));
        assertEquals(List.of(), remind.calls());
        Instant began = engine.now();
        RunAssert.assertThat(engine.end(run.id())).completed().attempts("mail", 1);
        assertEquals(Duration.ofDays(1), Duration.between(began, engine.now()));
        assertEquals("ada@example.com", remind.lastCall().input().get("to"));
    }

    @Test(timeout = 60_000)
    public void flakyTasksAreTriedAgainInVirtualTime() {
        engine.task("flaky", TaskDouble.flaky(2, "there"))
                .workflow("w", w -> w.step("a").task("flaky").retry(3, Duration.ofHours(5)));
        Instant began = engine.now();
        RunDetails end = engine.run("w", Map.of());
        RunAssert.assertThat(end).completed().attempts("a", 3).output("a", "there").gives("there");
        assertEquals(Duration.ofHours(10), Duration.between(began, engine.now()));
        assertEquals(began.plus(Duration.ofHours(10)), end.ended().orElseThrow());
    }

    @Test(timeout = 60_000)
    public void hangingTasksComeToTheirTimeout() {
        TaskDouble hanging = TaskDouble.hanging();
        engine.task("hang", hanging)
                .workflow(
                        "w",
                        w ->
                                w.step("a")
                                        .task("hang")
                                        .timeout(Duration.ofHours(1))
                                        .retry(2, Duration.ZERO));
        RunAssert.assertThat(engine.run("w", Map.of())).failed("timeout").attempts("a", 2);
        assertEquals(2, hanging.calls().size());
        assertEquals(
                hanging.calls().get(0).idempotencyKey(), hanging.calls().get(1).idempotencyKey());
    }

    @Test(timeout = 60_000)
    public void aRunThatNeverEndsSaysWhy() {
        engine.workflow("w", w -> w.step("a").task("none"));
        AssertionError never = assertThrows(AssertionError.class, () -> engine.run("w", Map.of()));
        assertTrue(
                never.getMessage(),
                never.getMessage()
                        .contains(
                                "it stands still: Step 'a' waits for task 'none', which no plugin"));
    }

    @Test(timeout = 60_000)
    public void aPluginComesAndGoes() {
        engine.workflow("w", w -> w.step("a").task("late"));
        RunHandle run = engine.start("w", Map.of());
        engine.assertThat(run.id()).waitsFor("task", "late");
        Runnable withdraw = engine.offer("late", "1.0", TaskDouble.returning(1));
        engine.assertThat(run.id()).completed().gives(1L);
        withdraw.run();
        RunHandle second = engine.start("w", Map.of());
        engine.assertThat(second.id()).waitsFor("task", "late");
    }

    @Test(timeout = 60_000)
    public void operatorsAreServedWhereverTheRunIs() {
        engine.workflow("w", w -> w.step("a").task("late"));
        RunHandle run = engine.start("w", Map.of());
        assertTrue(engine.workflows().pauseWorkflow(run.id()).accepted());
        engine.assertThat(run.id()).is(RunStatus.PAUSED);
        CommandResult again = engine.workflows().pauseWorkflow(run.id());
        assertEquals("Expected a run that is not paused, but it is", again.message());
        assertTrue(engine.workflows().resumeWorkflow(run.id()).accepted());
        assertTrue(engine.workflows().cancelWorkflow(run.id(), "enough").accepted());
        engine.assertThat(run.id()).is(RunStatus.CANCELLED);
        engine.task("late", TaskDouble.returning(2));
        RunHandle retried = engine.workflows().retryFailedTasks(run.id(), RetryOptions.none());
        RunAssert.assertThat(engine.end(retried.id())).completed().gives(2L);
    }

    @Test(timeout = 60_000)
    public void failuresTellAllThatIsKnownOfTheRun() {
        engine.task(
                        "bad",
                        c -> {
                            throw TaskFailure.permanent("broken", "it broke");
                        })
                .workflow("w", w -> w.step("a").task("bad"));
        RunDetails run = engine.run("w", Map.of());
        RunAssert.assertThat(run).failed("broken").step("a", StepStatus.FAILED);
        AssertionError wrong =
                assertThrows(AssertionError.class, () -> RunAssert.assertThat(run).completed());
        assertTrue(wrong.getMessage(), wrong.getMessage().contains("a=FAILED (broken: it broke)"));
    }

    @Test
    public void outsideOfATestThereIsNoEngine() {
        assertThrows(IllegalStateException.class, () -> new VirtualEngine().now());
    }

    @Test(timeout = 60_000)
    public void childrenAndManyItemsGoTheSameWay() {
        engine.task("square", c -> c.input("n", Long.class) * c.input("n", Long.class))
                .workflow("child", w -> w.step("a").task("square").input("n", "${input.n}"))
                .workflow(
                        "parent",
                        w ->
                                w.step("each")
                                        .workflow("child")
                                        .forEach("[1, 2, 3]")
                                        .input("n", "${item}"));
        RunAssert.assertThat(engine.run("parent", Map.of()))
                .completed()
                .output("each", List.of(1L, 4L, 9L));
    }
}
