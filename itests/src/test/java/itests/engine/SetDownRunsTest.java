package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.TaskContext;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.NotSentException;
import orchestrator.engine.runtime.StartRequest;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.Test;

/** A run of a node is in its memory once, or put aside, or another's: never with nobody and never twice. */
public class SetDownRunsTest {
    private final StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);

    private TestEngine engine(FaultyStore.Fault fault) {
        return new TestEngine(FaultyStore.of(store, fault));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isAside(String run) {
        RunSummary summary = store.summaries(List.of(run)).get(0);
        return summary.reason() != null && summary.reason().code().equals("quarantined");
    }

    /** The journal is longer than the run knew: the append that puts it aside is refused at first. */
    @Test(timeout = 60_000)
    public void aRunThatCannotBeReadAgainIsPutAsideWithWhatTheStoreHasOfIt() {
        AtomicBoolean foreign = new AtomicBoolean(true);
        AtomicBoolean unreadable = new AtomicBoolean();
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            Append append =
                                    FaultyStore.appendOf(method, arguments, "AttemptCompleted");
                            if (append != null && foreign.compareAndSet(true, false)) {
                                store.append((NodeLease) arguments[0], List.of(another(append)));
                                unreadable.set(true);
                            } else if (method.equals("journal")
                                    && unreadable.compareAndSet(true, false)) {
                                throw new IllegalStateException("Expected an entry");
                            }
                        })) {
            engine.offer("t", c -> "x");
            engine.workflow(
                    "w",
                    w -> {
                        w.step("a").task("t");
                        w.step("b").task("t").after("a");
                    });
            RunHandle handle = engine.start("w", Map.of());
            Await.until("the run to be put aside", () -> isAside(handle.id()));
            assertFalse(unreadable.get());
            Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
            engine.manager.resumeWorkflow(handle.id());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        }
    }

    private static Append another(Append append) {
        return new Append(
                append.run(),
                append.epoch(),
                "another",
                append.entries(),
                append.lastSequence(),
                append.consumed(),
                append.inboxSeen(),
                append.summary(),
                append.release());
    }

    @Test(timeout = 60_000)
    public void aRunThatMeetsAnErrorIsPutAside() {
        String parent;
        try (TestEngine engine = new TestEngine(store)) {
            workflows(engine);
            parent = engine.start("parent", Map.of()).id();
            Await.until(
                    "the child to be stored",
                    () -> store.count().values().stream().mapToLong(n -> n).sum() == 2);
        }
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            boolean onRunThread =
                                    Thread.currentThread()
                                            .getName()
                                            .startsWith("orchestrator-run-");
                            if (method.equals("summaries")
                                    && onRunThread
                                    && armed.compareAndSet(true, false)) {
                                throw new IllegalStateException("Expected summaries");
                            }
                        })) {
            workflows(engine);
            Await.until("the run to be put aside", () -> isAside(parent));
            assertFalse(armed.get());
            engine.offer("late", c -> "x");
            engine.manager.resumeWorkflow(parent);
            Await.until(
                    "the run to end",
                    () -> store.summaries(List.of(parent)).get(0).status() == RunStatus.COMPLETED);
        }
    }

    private static void workflows(TestEngine engine) {
        engine.workflow("child", w -> w.addTask("a", "late"));
        engine.workflow("parent", w -> w.step("part").workflow("child"));
    }

    /** The first try stored the run, and nobody heard of it; by the second one the node has claimed the run. */
    @Test(timeout = 60_000)
    public void aRunThatIsFoundIsNotTakenForANewOne() throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (method.equals("create") && armed.compareAndSet(true, false)) {
                                store.create((NodeLease) arguments[0], runs(arguments));
                                store.enter("node-a", Duration.ofSeconds(5));
                                await(began);
                                throw new StateUnavailableException("reset", null);
                            }
                        })) {
            engine.offer(
                    "t",
                    c -> {
                        bodies.incrementAndGet();
                        began.countDown();
                        return go.await(20, TimeUnit.SECONDS);
                    });
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            assertEquals(1, engine.engine.activeRuns());
            assertEquals(1, engine.engine.busySlots());
            go.countDown();
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            assertEquals(1, bodies.get());
        }
    }

    @SuppressWarnings("unchecked")
    private static List<NewRun> runs(Object[] arguments) {
        return (List<NewRun>) arguments[1];
    }

    /** Of many starts that the store did not answer each goes on, and none is asked for alone. */
    @Test(timeout = 60_000)
    public void startsInDoubtAreAskedForTogetherAndWhatWasNotSentIsNotInDoubt() throws Exception {
        CountDownLatch queued = new CountDownLatch(1);
        AtomicBoolean away = new AtomicBoolean(true);
        CountDownLatch trying = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (method.equals("create")) {
                                await(queued);
                                if (runs(arguments).size() == 2 && away.get()) {
                                    store.create((NodeLease) arguments[0], runs(arguments));
                                    trying.countDown();
                                    throw new StateUnavailableException("no answer", null);
                                }
                            } else if (method.equals("summaries")) {
                                asked.accumulateAndGet(
                                        ((Collection<?>) arguments[0]).size(), Math::max);
                            }
                        })) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            CompletableFuture<CreateOutcome> first = start(engine, "r1");
            Await.until("the writer to take the first", SetDownRunsTest::isWriting);
            CompletableFuture<CreateOutcome> second = start(engine, "r2");
            CompletableFuture<CreateOutcome> third = start(engine, "r3");
            queued.countDown();
            await(trying);
            CompletableFuture<CreateOutcome> fourth = start(engine, "r4");
            assertEquals(CreateOutcome.Kind.CREATED, first.get().kind());
            assertEquals(StateUnavailableException.class, failure(second).getClass());
            assertEquals(StateUnavailableException.class, failure(third).getClass());
            assertEquals(NotSentException.class, failure(fourth).getClass());
            away.set(false);
            for (String run : List.of("r1", "r2", "r3")) {
                Await.until(
                        "run " + run + " to end",
                        () -> store.summaries(List.of(run)).get(0).status() == RunStatus.COMPLETED);
            }
            assertTrue(store.summaries(List.of("r4")).isEmpty());
            assertEquals(2, asked.get());
        }
    }

    private static CompletableFuture<CreateOutcome> start(TestEngine engine, String id) {
        Graph graph = engine.services.catalog().current("w").orElseThrow().graph();
        return engine.engine.start(
                graph,
                StartRequest.of(graph, id, Payload.ofTree(Map.of()), null, null, 0, Map.of()));
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("Expected a failure, but found " + future.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test(timeout = 60_000)
    public void aStoreThatIsAwayFailsNoAttemptAtASubWorkflow() {
        AtomicBoolean away = new AtomicBoolean(true);
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (method.equals("create") && isOfChild(arguments) && away.get()) {
                                throw new StateUnavailableException("away", null);
                            } else if (method.equals("summaries")
                                    && ((Collection<?>) arguments[0]).size() > 1) {
                                away.set(false); // the parent has been told, and looks for them
                            }
                        })) {
            engine.offer("t", c -> "x");
            engine.workflow("child", w -> w.addTask("a", "t"));
            engine.workflow("parent", w -> w.step("each").workflow("child").forEach("[1, 2, 3]"));
            RunHandle handle = engine.start("parent", Map.of());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            assertTrue(
                    store.journal(handle.id(), 1, 1000).stream()
                            .noneMatch(e -> e.type().equals("AttemptFailed")));
        }
    }

    private static boolean isOfChild(Object[] arguments) {
        return runs(arguments).stream().anyMatch(run -> run.summary().parent() != null);
    }

    /** The command is decided, the append is fenced, and the run's next owner answers. */
    @Test(timeout = 60_000)
    public void aCommandWhoseAppendIsFencedIsAnsweredByTheNextOwner() throws Exception {
        AtomicBoolean armed = new AtomicBoolean(true);
        CountDownLatch began = new CountDownLatch(1);
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (FaultyStore.appendOf(method, arguments, "RunCancelled") != null
                                    && armed.compareAndSet(true, false)) {
                                store.enter("node-a", Duration.ofSeconds(5));
                            }
                        })) {
            engine.offer(
                    "t",
                    c -> {
                        began.countDown();
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    });
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            await(began);
            CommandResult result = engine.manager.cancelWorkflow(handle.id(), "enough");
            assertTrue(result.message(), result.accepted());
            assertFalse(armed.get());
            assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
        }
    }

    /** A node whose callers ask for the ends of runs with long journals keeps its lease meanwhile. */
    @Test(timeout = 60_000)
    public void aHeartbeatDoesNotWaitForResultsThatAreRead() throws Exception {
        String run;
        try (TestEngine engine = new TestEngine(store)) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            run = engine.run("w", Map.of()).id();
        }
        CountDownLatch beats = new CountDownLatch(2);
        AtomicBoolean reading = new AtomicBoolean();
        try (TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (method.equals("heartbeat") && reading.get()) {
                                beats.countDown();
                            } else if (method.equals("journal")) {
                                reading.set(true);
                                await(beats);
                            }
                        })) {
            assertEquals(
                    RunStatus.COMPLETED,
                    engine.engine.result(run).get(50, TimeUnit.SECONDS).status());
            assertEquals(0, beats.getCount());
        }
    }

    /** Work ends, and what is on its way arrives, before others may begin it again. */
    @Test(timeout = 60_000)
    public void aNodeThatLeavesEndsItsWorkBeforeItsLease() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicReference<TaskContext> body = new AtomicReference<>();
        AtomicReference<String> atLeave = new AtomicReference<>();
        TestEngine engine =
                engine(
                        (method, arguments) -> {
                            if (FaultyStore.appendOf(method, arguments, "AttemptCompleted")
                                    != null) {
                                await(cancelled);
                            } else if (method.equals("leave")) {
                                boolean ended = cancelled.getCount() == 0;
                                boolean arrived =
                                        store.journal("r1", 1, 100).stream()
                                                .anyMatch(e -> e.type().equals("AttemptCompleted"));
                                atLeave.set("ended " + ended + ", arrived " + arrived);
                            }
                        });
        try {
            engine.offer(
                    "long",
                    c -> {
                        c.onCancel(cancelled::countDown);
                        body.set(c);
                        began.countDown();
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    });
            engine.offer("short", c -> began.await(20, TimeUnit.SECONDS));
            engine.workflow(
                    "w",
                    w -> {
                        w.step("a").task("long");
                        w.step("b").task("short");
                    });
            assertEquals(CreateOutcome.Kind.CREATED, start(engine, "r1").get().kind());
            await(began);
            Await.until("the result to be on its way", SetDownRunsTest::isWriting);
        } finally {
            engine.close();
        }
        assertTrue(body.get().isCancelled());
        assertEquals("ended true, arrived true", atLeave.get());
    }

    private static boolean isWriting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().startsWith("orchestrator-writer-"))
                .flatMap(e -> List.of(e.getValue()).stream())
                .anyMatch(frame -> frame.getClassName().equals(SetDownRunsTest.class.getName()));
    }
}
