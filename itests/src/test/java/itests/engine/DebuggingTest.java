package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.api.run.TimelineEntry;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.After;
import org.junit.Test;

/** Why a run does not go on, wherever it stands; and what happened to it. */
public class DebuggingTest {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final MemoryStateBackend store =
            new MemoryStateBackend(() -> Instant.now().plus(ahead.get()), 10_000);
    private final List<TestEngine> engines = new ArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch began = new CountDownLatch(1);

    private TestEngine engine(int runs, int tasks) {
        EngineLimits d = TestEngine.LIMITS;
        EngineLimits limits =
                new EngineLimits(runs, tasks, d.taskTimeout(), d.retry(), d.drain(), 100);
        return engine(
                new TestEngine(store, new EngineSetup("first", Duration.ofHours(1), 1, limits)));
    }

    private TestEngine engine(TestEngine engine) {
        engines.add(engine);
        engine.offer(
                "hold",
                c -> {
                    began.countDown();
                    return go.await(50, TimeUnit.SECONDS);
                });
        engine.workflow("held", w -> w.step("only").task("hold"));
        return engine;
    }

    @After
    public void close() {
        go.countDown();
        engines.forEach(TestEngine::close);
    }

    private static void awaitStatus(TestEngine engine, String run, RunStatus status) {
        Await.until(
                "the run to be " + status,
                () -> engine.manager.getWorkflowStatus(run).orElseThrow().status() == status);
    }

    private static List<String> codes(RunDebug debug) {
        return debug.why().stream().map(why -> why.reason().code()).toList();
    }

    private static void expect(RunDebug debug, String code, String part) {
        Explanation why =
                debug.why().stream()
                        .filter(e -> e.reason().code().equals(code))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(debug.why().toString()));
        assertTrue(why.text(), why.text().contains(part));
    }

    @Test(timeout = 60_000)
    public void aTaskThatNobodyOffers() {
        TestEngine engine = engine(10, 10);
        engine.offer("quick", c -> 1);
        engine.workflow(
                "waits",
                w -> {
                    w.step("a").task("quick");
                    w.step("b").task("none").after("a");
                });
        RunHandle run = engine.start("waits", Map.of());
        awaitStatus(engine, run.id(), RunStatus.WAITING);
        RunDebug debug = engine.state.debugWorkflow(run.id());
        assertEquals(List.of("task"), codes(debug));
        expect(debug, "task", "Step 'b' waits for task 'none', which no plugin offers, since 20");
        List<String> told = debug.timeline().stream().map(TimelineEntry::text).toList();
        assertEquals(
                List.of(
                        "a run of waits 1.0.0 was accepted",
                        "attempt 1 is to be made",
                        "attempt 1 gave a result (1.0)",
                        "attempt 1 is to be made",
                        "waits for task none"),
                told);
        assertTrue(debug.timeline().get(2).took().isPresent());
        assertEquals("a", debug.timeline().get(2).step());
    }

    @Test(timeout = 60_000)
    public void aBodyThatIgnoresItsInterrupt() {
        TestEngine engine = engine(10, 10);
        AtomicReference<String> thread = new AtomicReference<>();
        engine.offer("deaf", c -> waitWhateverComes(thread));
        engine.workflow(
                "stuck",
                w ->
                        w.step("only")
                                .task("deaf")
                                .timeout(Duration.ofMillis(50))
                                .retry(1, Duration.ZERO));
        RunDetails end = engine.run("stuck", Map.of());
        assertEquals(RunStatus.FAILED, end.status());
        String expected =
                "Attempt 1 of step 'only' is over, but its body, of task deaf of test, has ignored its interrupt for ";
        String holds = " and still holds thread '%s'".formatted(thread.get());
        Await.until("the interrupt", () -> complaints(engine, end.id()).size() == 1);
        String complaint = complaints(engine, end.id()).get(0);
        assertTrue(complaint, complaint.startsWith(expected) && complaint.endsWith(holds));
        RunDebug debug = engine.state.debugWorkflow(end.id());
        assertEquals(List.of("ended", "ended", "interrupt"), codes(debug));
        expect(debug, "interrupt", holds + " of node first");
        go.countDown();
        Await.until("the body to end", () -> complaints(engine, end.id()).isEmpty());
        assertEquals(List.of("ended", "ended"), codes(engine.state.debugWorkflow(end.id())));
    }

    private static List<String> complaints(TestEngine engine, String run) {
        return engine.manager.getWorkflowStatus(run).orElseThrow().complaints();
    }

    private Object waitWhateverComes(AtomicReference<String> thread) {
        thread.set(Thread.currentThread().getName());
        while (true) {
            try {
                return go.await(50, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                assertFalse(Thread.currentThread().isInterrupted()); // as badly as a task can
            }
        }
    }

    @Test(timeout = 60_000)
    public void theStateAtAnyEntryIsThere() {
        TestEngine engine = engine(10, 10);
        engine.offer("quick", c -> 1);
        engine.workflow(
                "two",
                w -> {
                    w.step("a").task("quick");
                    w.step("b").task("quick").after("a");
                });
        RunDetails end = engine.run("two", Map.of());
        RunDetails then = engine.state.getWorkflowHistory(end.id(), 3);
        assertEquals(StepStatus.COMPLETED, then.steps().get(0).status());
        assertEquals(StepStatus.PENDING, then.steps().get(1).status());
        assertEquals(50, then.progress());
        assertEquals(RunStatus.QUEUED, engine.state.getWorkflowHistory(end.id(), 1).status());
        assertEquals(RunStatus.COMPLETED, engine.state.getWorkflowHistory(end.id(), 6).status());
        for (long entry : new long[] {0, 7}) {
            RefusedException refused =
                    assertThrows(
                            RefusedException.class,
                            () -> engine.state.getWorkflowHistory(end.id(), entry));
            assertEquals("unknown-entry", refused.code());
            assertEquals(
                    "Expected one of the entries of run %s, from 1 to 6, but found %d"
                            .formatted(end.id(), entry),
                    refused.getMessage());
        }
        assertEquals(
                "unknown-run",
                assertThrows(RefusedException.class, () -> engine.state.debugWorkflow("nobody"))
                        .code());
        expect(engine.state.debugWorkflow(end.id()), "ended", "It has ended as COMPLETED at 20");
    }

    @Test(timeout = 60_000)
    public void theLimitOfRuns() throws Exception {
        TestEngine engine = engine(1, 10);
        engine.start("held", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        RunHandle queued = engine.start("held", Map.of());
        RunDebug debug = engine.state.debugWorkflow(queued.id());
        expect(
                debug,
                "queue",
                "It is in the queue (1 run): node first has 1 active run of at most 1 (max.concurrent.workflows)");
    }

    @Test(timeout = 60_000)
    public void theLimitOfTasks() throws Exception {
        TestEngine engine = engine(10, 1);
        engine.workflow(
                "both",
                w -> {
                    w.step("one").task("hold");
                    w.step("two").task("hold");
                });
        RunHandle run = engine.start("both", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        RunDebug debug = engine.state.debugWorkflow(run.id());
        assertTrue(codes(debug).toString(), codes(debug).containsAll(List.of("running", "slot")));
        expect(debug, "slot", "node first has 1 in progress of at most 1 (max.concurrent.tasks)");
    }

    @Test(timeout = 60_000)
    public void theNextAttemptAndAPause() {
        TestEngine engine = engine(10, 10);
        engine.offer(
                "fail",
                c -> {
                    throw TaskFailure.retryable("busy", "too many", null);
                });
        engine.workflow("retries", w -> w.step("a").task("fail").retry(3, Duration.ofHours(2)));
        RunHandle run = engine.start("retries", Map.of());
        awaitStatus(engine, run.id(), RunStatus.WAITING);
        RunDebug debug = engine.state.debugWorkflow(run.id());
        assertEquals(List.of("retry"), codes(debug));
        assertTrue(debug.why().get(0).reason().until() != null);
        expect(debug, "retry", ", after busy: too many");
        assertTrue(engine.manager.pauseWorkflow(run.id()).accepted());
        expect(engine.state.debugWorkflow(run.id()), "pause", "run:resume lets it go on");
        assertTrue(engine.manager.cancelWorkflow(run.id(), "enough").accepted());
        expect(engine.state.debugWorkflow(run.id()), "ended", "CANCELLED");
    }

    @Test(timeout = 60_000)
    public void aChildThatWaits() {
        TestEngine engine = engine(10, 10);
        engine.workflow("child", w -> w.step("work").task("none"));
        engine.workflow("parent", w -> w.step("part").workflow("child"));
        RunHandle run = engine.start("parent", Map.of());
        Await.until("the child to wait", () -> engine.state.count().get(RunStatus.WAITING) > 0);
        RunDebug debug = engine.state.debugWorkflow(run.id());
        assertEquals(List.of("children", "child"), codes(debug));
        expect(debug, "child", "of child: task: none");
    }

    /** The second node could take the run over, but does not get to it. */
    @Test(timeout = 60_000)
    public void aNodeThatDied() throws Exception {
        TestEngine first = engine(10, 10);
        RunHandle run = first.start("held", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        StateBackend noClaims =
                view(
                        (method, arguments, answer) -> {
                            if (method.equals("claim")) {
                                throw new StateUnavailableException("not now", null);
                            }
                            return answer.call();
                        });
        TestEngine second =
                engine(
                        new TestEngine(
                                noClaims,
                                new EngineSetup(
                                        "second", Duration.ofDays(9), 1, TestEngine.LIMITS)));
        expect(second.state.debugWorkflow(run.id()), "running", "on node first");
        ahead.set(Duration.ofHours(3));
        AtomicReference<RunDebug> debug = new AtomicReference<>();
        Await.until( // before the first node renews its lease after all
                "the lease to be over",
                () -> {
                    debug.set(second.state.debugWorkflow(run.id()));
                    return codes(debug.get()).contains("owner");
                });
        expect(debug.get(), "owner", "Its node first has not renewed its lease, which ended at 20");
    }

    @Test(timeout = 60_000)
    public void aJournalThatCannotBeRead() {
        AtomicReference<List<Entry>> damage = new AtomicReference<>();
        StateBackend damaged =
                view(
                        (method, arguments, answer) ->
                                method.equals("journal") && damage.get() != null
                                        ? damage.get().stream()
                                                .filter(e -> e.sequence() >= (long) arguments[1])
                                                .toList()
                                        : answer.call());
        TestEngine engine = engine(new TestEngine(damaged, TestEngine.LIMITS));
        engine.workflow("waits", w -> w.step("a").task("none"));
        RunHandle run = engine.start("waits", Map.of());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        byte[] body = "two bits".getBytes(StandardCharsets.UTF_8);
        damage.set(List.of(Entry.of(1, Entry.DAMAGED, 1, Instant.EPOCH, body)));
        RunDebug debug = engine.state.debugWorkflow(run.id());
        damage.set(null);
        assertEquals(run.id(), debug.run().id());
        expect(debug, "quarantined", "Its journal cannot be read");
        expect(debug, "quarantined", "two bits");
    }

    /** What a view of the store does with a call. */
    @FunctionalInterface
    private interface Behaviour {
        Object answer(String method, Object[] arguments, Callable<Object> answer) throws Exception;
    }

    private StateBackend view(Behaviour behaviour) {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class, StateInspection.class},
                        (proxy, method, arguments) -> {
                            try {
                                return behaviour.answer(
                                        method.getName(),
                                        arguments,
                                        () -> method.invoke(store, arguments));
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
