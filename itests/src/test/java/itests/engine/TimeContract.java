package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.Task;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.attempt.TaskBinding;
import org.junit.Test;

/** What the engine does about time and signals, on whatever store a subclass gives. The store's clock jumps ahead. */
public abstract class TimeContract extends EnginesOnAStore {
    private static final Task ECHO = context -> context.input();
    private static final Duration DAY = Duration.ofDays(1);

    /** The clock of the store. */
    protected final JumpingClock clock = new JumpingClock();

    @Test
    public void aRunThatWaitsLeavesMemoryAndComesBackAtItsTime() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        engine.workflow(
                "napping",
                w -> {
                    w.step("nap").wait("${input.time}");
                    w.step("go").task("echo").after("nap").input("x", 1);
                });
        RunHandle handle = engine.start("napping", Map.of("time", "2d"));
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        RunDetails waiting = details(engine, handle);
        assertEquals(RunStatus.WAITING, waiting.status());
        Reason reason = waiting.steps().get(0).reason().orElseThrow();
        assertEquals("timer", reason.code());
        assertEquals(Duration.ofDays(2), Duration.between(reason.since(), reason.until()));
        clock.jump(DAY);
        RunDetails still = details(engine, handle);
        assertEquals(RunStatus.WAITING, still.status());
        clock.jump(DAY);
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertFalse(run.steps().get(0).ended().orElseThrow().isBefore(reason.until()));
        assertEquals("wait", run.steps().get(0).task());
    }

    @Test
    public void aWaitWithoutAnEndWorthSayingIsKeptLikeAnyOther() {
        TestEngine engine = engine();
        engine.workflow("napping", w -> w.step("nap").wait("${input.time}"));
        RunHandle handle = engine.start("napping", Map.of("time", "+999999999-12-31T23:59:59Z"));
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        RunDetails waiting = details(engine, handle);
        assertEquals(RunStatus.WAITING, waiting.status());
        assertEquals("timer", waiting.reason().orElseThrow().code());
        assertTrue(engine.manager.cancelWorkflow(handle.id(), "enough").accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
    }

    @Test
    public void whatIsDueSoonIsWaitedForInMemory() {
        TestEngine engine = engine();
        engine.workflow("short", w -> w.step("nap").wait(Duration.ofMillis(50)));
        RunDetails run = engine.run("short", Map.of());
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(
                List.of("RunCreated", "WaitBegan", "WaitEnded", "RunCompleted"),
                types(engine, run.id()));
        Duration took = Duration.between(run.created(), run.ended().orElseThrow());
        assertTrue("at least 50 ms, but " + took, took.compareTo(Duration.ofMillis(50)) >= 0);
    }

    @Test
    public void aWaitThatEndedWhileNobodyWasThereIsOverAtTheNextStart() {
        TestEngine first = engine();
        first.workflow("napping", w -> w.step("nap").wait(DAY));
        RunHandle handle = first.start("napping", Map.of());
        Await.until("the run to leave memory", () -> first.engine.activeRuns() == 0);
        first.close();
        clock.jump(DAY.multipliedBy(3));
        TestEngine second = engine();
        RunDetails run = end(second, handle);
        assertEquals(RunStatus.COMPLETED, run.status());
    }

    private static void review(TestEngine engine) {
        engine.offer("echo", ECHO);
        engine.workflow(
                "reviewed",
                w -> {
                    w.step("review").waitFor("reviewed", DAY.multipliedBy(2));
                    w.step("go").task("echo").after("review").input("by", "${review.by}");
                });
    }

    @Test
    public void aSignalBringsARunBackAndIsTheOutputOfItsStep() {
        TestEngine engine = engine();
        review(engine);
        RunHandle handle = engine.start("reviewed", Map.of());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        Reason reason = details(engine, handle).reason().orElseThrow();
        assertEquals("signal", reason.code());
        assertEquals("reviewed", reason.subject());
        assertEquals(Duration.ofDays(2), Duration.between(reason.since(), reason.until()));
        CommandResult wrong = engine.manager.signal(handle.id(), "reveiwed", null);
        assertFalse(wrong.message(), wrong.accepted());
        assertTrue(wrong.message(), wrong.message().contains("is none of this workflow"));
        CommandResult sent = engine.manager.signal(handle.id(), "reviewed", Map.of("by", "Ada"));
        assertTrue(sent.message(), sent.accepted());
        RunDetails run = TestEngine.end(handle);
        assertEquals(Map.of("by", "Ada"), run.output("review").orElseThrow());
        assertEquals(Map.of("by", "Ada"), run.output("go").orElseThrow());
        assertEquals("signal:reviewed", run.steps().get(0).task());
        assertFalse(engine.manager.signal(handle.id(), "reviewed", null).accepted());
        assertFalse(engine.manager.signal("nobody", "reviewed", null).accepted());
        assertThrows(
                RefusedException.class,
                () -> engine.manager.signal(handle.id(), "reviewed", "x".repeat(3 << 20)));
    }

    @Test
    public void aSignalBeforeItsStepIsKeptAndTheSameOneCountsOnce() {
        TestEngine engine = engine();
        engine.workflow(
                "twice",
                w -> {
                    w.step("nap").wait(DAY);
                    w.step("one").waitFor("s").after("nap");
                    w.step("two").waitFor("s").after("one");
                });
        RunHandle handle = engine.start("twice", Map.of());
        assertTrue(engine.manager.signal(handle.id(), "s", 1, "first").accepted());
        assertTrue(engine.manager.signal(handle.id(), "s", 1, "first").accepted());
        assertTrue(engine.manager.signal(handle.id(), "s", 2, "second").accepted());
        CommandResult third = engine.manager.signal(handle.id(), "s", 3, "third");
        assertFalse(third.message(), third.accepted());
        assertEquals(third, engine.manager.signal(handle.id(), "s", 3, "third"));
        for (Object payload : List.of(Double.NaN, Map.of("x", Float.POSITIVE_INFINITY))) {
            assertThrows(
                    RefusedException.class, () -> engine.manager.signal(handle.id(), "s", payload));
        }
        String endless = "s".repeat(201);
        assertThrows(RefusedException.class, () -> engine.manager.signal(handle.id(), endless, 1));
        clock.jump(DAY);
        RunDetails run = TestEngine.end(handle);
        assertEquals(1L, run.output("one").orElseThrow());
        assertEquals(2L, run.output("two").orElseThrow());
    }

    @Test
    public void aSignalThatDoesNotComeInTimeFailsTheStep() {
        TestEngine engine = engine();
        review(engine);
        RunHandle handle = engine.start("reviewed", Map.of());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        clock.jump(DAY.multipliedBy(2));
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals(StepStatus.FAILED, run.steps().get(0).status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().startsWith("timeout: "));
    }

    @Test
    public void aPauseHoldsAWaitUp() {
        TestEngine engine = engine();
        engine.workflow("napping", w -> w.step("nap").wait(DAY));
        RunHandle handle = engine.start("napping", Map.of());
        Instant until = details(engine, handle).steps().get(0).reason().orElseThrow().until();
        assertTrue(engine.manager.pauseWorkflow(handle.id()).accepted());
        clock.jump(DAY.multipliedBy(5));
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        assertTrue(engine.manager.resumeWorkflow(handle.id()).accepted());
        Instant later = details(engine, handle).steps().get(0).reason().orElseThrow().until();
        assertTrue(later.toString(), later.isAfter(until.plus(DAY.multipliedBy(4))));
        clock.jump(DAY);
        assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
    }

    @Test
    public void aSignalReachesARunOnAnotherNode() {
        TestEngine first = endsWithTheTest(new TestEngine("node-1", backend(), TestEngine.LIMITS));
        TestEngine second = endsWithTheTest(new TestEngine("node-2", backend(), TestEngine.LIMITS));
        first.workflow("short", w -> w.step("review").waitFor("s", Duration.ofSeconds(9)));
        RunHandle handle =
                first.start("short", Map.of()); // in the memory of the first: it is due soon
        CommandResult wrong = second.manager.signal(handle.id(), "t", null);
        assertFalse(wrong.message(), wrong.accepted());
        CommandResult sent = second.manager.signal(handle.id(), "s", List.of(1));
        assertTrue(sent.message(), sent.accepted());
        assertEquals(List.of(1L), TestEngine.end(handle).output("review").orElseThrow());
    }

    @Test
    public void aFunctionIsBoundAgainAfterARestartAndUntilThenItsRunSaysWhoHasIt()
            throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        TestEngine first = engine();
        first.workflow(
                "functions",
                w ->
                        w.addTask(
                                "it",
                                c -> {
                                    began.countDown();
                                    new CountDownLatch(1).await();
                                    return null;
                                }));
        RunHandle handle = first.start("functions", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        first.close();
        TestEngine second = engine();
        Await.until("the run to wait", () -> details(second, handle).status() == RunStatus.WAITING);
        assertEquals(
                "functions/it (of bundle test)",
                details(second, handle).reason().orElseThrow().subject());
        second.workflow("functions", w -> w.addTask("it", c -> "bound again"));
        assertEquals("bound again", end(second, handle).output("it").orElseThrow());
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // a task may return a stage as an Object
    public void aStageObeysTimeoutCancelAndDrain() throws Exception {
        TestEngine engine = engine();
        CountDownLatch cancelled = new CountDownLatch(3);
        CountDownLatch begun = new CountDownLatch(3);
        Task stage =
                c -> {
                    c.onCancel(cancelled::countDown);
                    begun.countDown();
                    return new CompletableFuture<>();
                };
        TaskBinding binding = engine.offer("stage", stage);
        engine.workflow(
                "timeout",
                w ->
                        w.step("a")
                                .task("stage")
                                .timeout(Duration.ofMillis(50))
                                .retry(1, Duration.ZERO));
        engine.workflow("stage", w -> w.addTask("a", "stage"));
        RunDetails timeout = engine.run("timeout", Map.of());
        assertTrue(
                timeout.error().orElseThrow(),
                timeout.error().orElseThrow().startsWith("timeout: "));
        RunHandle cancel = engine.start("stage", Map.of());
        RunHandle drain = engine.start("stage", Map.of());
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.cancelWorkflow(cancel.id(), "").accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(cancel).status());
        engine.withdraw(binding);
        assertTrue(cancelled.await(20, TimeUnit.SECONDS));
        Await.until("the run to wait", () -> details(engine, drain).status() == RunStatus.WAITING);
        assertEquals(0, engine.engine.busySlots());
        engine.offer("stage", "1.1", c -> CompletableFuture.completedFuture("done"));
        assertEquals("done", TestEngine.end(drain).output("a").orElseThrow());
    }

    @Test
    public void whatIsNotDoneInTimeFailsWithItsCode() {
        TestEngine engine = engine();
        engine.offer(
                "hang",
                c -> {
                    new CountDownLatch(1).await();
                    return null;
                });
        engine.workflow(
                "step-timeout",
                w ->
                        w.step("a")
                                .task("hang")
                                .timeout(Duration.ofMillis(150))
                                .retry(1000, Duration.ZERO)
                                .stepTimeout(Duration.ofMillis(500)));
        engine.workflow(
                "heartbeat",
                w ->
                        w.step("a")
                                .task("hang")
                                .heartbeat(Duration.ofMillis(50))
                                .retry(2, Duration.ZERO));
        engine.workflow("nobody", w -> w.step("a").task("nobody").queueTimeout(DAY));
        RunDetails step = engine.run("step-timeout", Map.of());
        assertTrue(
                step.error().orElseThrow(),
                step.error().orElseThrow().startsWith("timeout: step 'a': Expected the step"));
        assertTrue("more than one attempt", step.steps().get(0).attempts() > 1);
        RunDetails beat = engine.run("heartbeat", Map.of());
        assertTrue(
                beat.error().orElseThrow(), beat.error().orElseThrow().startsWith("heartbeat: "));
        assertEquals(2, beat.steps().get(0).attempts());
        RunHandle nobody = engine.start("nobody", Map.of());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        clock.jump(DAY);
        RunDetails queue = TestEngine.end(nobody);
        assertTrue(
                queue.error().orElseThrow(),
                queue.error().orElseThrow().startsWith("queue-timeout: "));
        Await.until("the slots to come back", () -> engine.engine.busySlots() == 0);
    }

    private static List<String> types(TestEngine engine, String run) {
        return engine.state.getWorkflowHistory(run, 1, 100).stream()
                .map(HistoryEntry::type)
                .toList();
    }

    private static RunDetails details(TestEngine engine, RunHandle handle) {
        return engine.manager.getWorkflowStatus(handle.id()).orElseThrow();
    }

    private static RunDetails end(TestEngine engine, RunHandle handle) {
        try {
            return engine.engine.result(handle.id()).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Expected " + handle.id() + " to end", e);
        }
    }
}
