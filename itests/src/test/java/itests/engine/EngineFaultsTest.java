package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.Post;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.Test;

/** A store that fails at a chosen call; what the engine makes of it. */
public class EngineFaultsTest {
    private final StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);

    /** Looks at each call before the store does. */
    @FunctionalInterface
    private interface Fault {
        void before(String method, Object[] arguments);
    }

    private StateBackend faulty(Fault fault) {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> {
                            fault.before(method.getName(), arguments);
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** The same, as a store that is written to by writers and keeps bytes. */
    private StateBackend faultyAndDurable(Fault fault) {
        StateBackend faulty = faulty(fault);
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("isVolatile")) {
                                return false;
                            }
                            try {
                                return method.invoke(faulty, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static void once(AtomicBoolean armed, RuntimeException e) {
        if (armed.compareAndSet(true, false)) {
            throw e;
        }
    }

    private static boolean appends(Object[] arguments, String type) {
        return ((List<?>) arguments[1])
                .stream()
                        .flatMap(a -> ((Append) a).entries().stream())
                        .anyMatch(e -> e.type().equals(type));
    }

    @Test(timeout = 60_000)
    public void aRunThatCannotBeReadWhenItIsClaimedIsReadLater() {
        AtomicBoolean armed = new AtomicBoolean();
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("journal")) {
                                        once(armed, new StateUnavailableException("away", null));
                                    }
                                }))) {
            engine.workflow("w", w -> w.addTask("a", "late"));
            RunHandle handle = engine.start("w", Map.of());
            Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
            armed.set(true);
            engine.offer("late", c -> "x");
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            Await.until("the fault to be used", () -> !armed.get());
        }
    }

    @Test(timeout = 60_000)
    public void aRunThatTheStoreRefusesIsQuarantinedAndGoesOnWhenItIsResumed() {
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("append")
                                            && appends(arguments, "AttemptCompleted")) {
                                        once(armed, new StateException("Expected less", null));
                                    }
                                }))) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
            RunDetails aside = engine.manager.getWorkflowStatus(handle.id()).orElseThrow();
            assertEquals(
                    "quarantined", store.summaries(List.of(handle.id())).get(0).reason().code());
            assertEquals(handle.id(), aside.id());
            engine.manager.resumeWorkflow(handle.id());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        }
    }

    /** An error is none of the contract's: its run may be put aside for it, but every other goes on. */
    @Test(timeout = 60_000)
    public void anErrorInTheStoreHoldsUpNobodyElse() {
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                new TestEngine(
                        faultyAndDurable(
                                (method, arguments) -> {
                                    if (method.equals("append")
                                            && appends(arguments, "AttemptCompleted")
                                            && armed.compareAndSet(true, false)) {
                                        throw new LinkageError("Expected more");
                                    }
                                }))) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t").addTask("b", "t").step("b").after("a"));
            RunHandle first = engine.start("w", Map.of());
            Await.until("the error", () -> !armed.get());
            for (int i = 0; i < 10; i++) {
                assertEquals(RunStatus.COMPLETED, engine.run("w", Map.of()).status());
            }
            engine.manager.resumeWorkflow(first.id());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(first).status());
        }
    }

    /** What comes at the very moment in which a run is put aside does not leave it where nobody drives it. */
    @Test(timeout = 60_000)
    public void aMessageThatComesWhileARunIsPutAsideDoesNotHoldItUp() {
        AtomicBoolean armed = new AtomicBoolean(true);
        AtomicBoolean unposted = new AtomicBoolean(true);
        byte[] body = "{\"command\":\"resume\"}".getBytes(StandardCharsets.UTF_8);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (!method.equals("append")) {
                                        return;
                                    }
                                    Append append = (Append) ((List<?>) arguments[1]).get(0);
                                    if (appends(arguments, "AttemptCompleted")) {
                                        once(armed, new StateException("Expected less", null));
                                    } else if (append.release()
                                            && unposted.compareAndSet(true, false)) {
                                        store.post(List.of(new Post(append.run(), "m", body)));
                                    }
                                }))) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            Await.until(
                    "the run to be quarantined",
                    () -> store.summaries(List.of(handle.id())).get(0).reason() != null);
            assertEquals(false, unposted.get());
            engine.manager.resumeWorkflow(handle.id());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        }
    }

    /** The command stays in the inbox, and is carried out when the run is resumed. */
    @Test(timeout = 60_000)
    public void aRunWhoseCommandTheStoreRefusesIsQuarantinedAndKeepsTheCommand() throws Exception {
        AtomicBoolean armed = new AtomicBoolean(true);
        CountDownLatch began = new CountDownLatch(1);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("append")
                                            && appends(arguments, "RunCancelled")) {
                                        once(armed, new StateException("Expected less", null));
                                    }
                                }))) {
            engine.offer(
                    "t",
                    c -> {
                        began.countDown();
                        return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                    });
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            assertTrue(began.await(20, TimeUnit.SECONDS));
            Thread operator =
                    new Thread(() -> engine.manager.cancelWorkflow(handle.id(), "enough"));
            operator.start(); // has no answer until the run goes on
            Await.until(
                    "the run to be quarantined",
                    () ->
                            store.summaries(List.of(handle.id())).get(0).reason() != null
                                    && engine.engine.activeRuns() == 0);
            assertEquals(
                    "quarantined", store.summaries(List.of(handle.id())).get(0).reason().code());
            engine.manager.resumeWorkflow(handle.id());
            assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
            operator.join();
        }
    }

    /** The last result and a command meet: the store answers that there is mail, and the run decides again. */
    @Test(timeout = 60_000)
    public void aResultThatMeetsACommandIsDecidedAgainAndNotWorkedAgain() throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        AtomicBoolean armed = new AtomicBoolean(true);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        String[] run = new String[1];
        byte[] unreadable =
                "{\"command\":\"dance\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("append")
                                            && appends(arguments, "RunCompleted")
                                            && armed.compareAndSet(true, false)) {
                                        store.post(List.of(new Post(run[0], "m", unreadable)));
                                    }
                                }))) {
            engine.offer(
                    "t",
                    c -> {
                        bodies.incrementAndGet();
                        began.countDown();
                        return go.await(20, TimeUnit.SECONDS);
                    });
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            assertTrue(began.await(20, TimeUnit.SECONDS));
            run[0] = handle.id();
            go.countDown();
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            assertEquals(1, bodies.get());
            Await.until("the slot to come back", () -> engine.engine.busySlots() == 0);
        }
    }

    /** A command that is posted while its run is being released is carried out, and its answer says so. */
    @Test(timeout = 60_000)
    public void aCommandThatMeetsAReleaseIsAnsweredByWhoTakesTheRunNext() throws Exception {
        String[] run = new String[1];
        CountDownLatch releasing = new CountDownLatch(1);
        CountDownLatch posted = new CountDownLatch(1);
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("append")
                                            && ((List<?>) arguments[1])
                                                    .stream().anyMatch(a -> ((Append) a).release())
                                            && armed.compareAndSet(true, false)) {
                                        run[0] = ((Append) ((List<?>) arguments[1]).get(0)).run();
                                        releasing.countDown();
                                        await(posted);
                                    } else if (method.equals("post")) {
                                        posted.countDown();
                                    }
                                }))) {
            engine.workflow("w", w -> w.addTask("a", "never-there"));
            Thread starter = new Thread(() -> engine.start("w", Map.of())); // may write itself
            starter.start();
            assertTrue(releasing.await(20, TimeUnit.SECONDS));
            CommandResult result = engine.manager.cancelWorkflow(run[0], "enough");
            assertTrue(result.message(), result.accepted());
            starter.join();
            assertEquals(
                    RunStatus.CANCELLED,
                    engine.manager.getWorkflowStatus(run[0]).orElseThrow().status());
        }
    }

    /** The node's lease ends just as it stores a run: the run is stored all the same, for whoever claims it. */
    @Test(timeout = 60_000)
    public void aStartWhoseLeaseIsOverIsAcceptedAndGoesOn() {
        AtomicBoolean armed = new AtomicBoolean(true);
        try (TestEngine engine =
                new TestEngine(
                        faultyAndDurable(
                                (method, arguments) -> {
                                    if (method.equals("create")
                                            && armed.compareAndSet(true, false)) {
                                        store.enter("node-a", Duration.ofSeconds(5));
                                    }
                                }))) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            assertEquals(RunStatus.COMPLETED, engine.run("w", Map.of()).status());
        }
    }

    /** A start whose first try was not answered is stored under the lease that the node has by then. */
    @Test(timeout = 60_000)
    public void aStartThatIsStoredUnderTheNextLeaseGoesOn() {
        AtomicBoolean armed = new AtomicBoolean(true);
        CountDownLatch again = new CountDownLatch(1);
        try (TestEngine engine =
                new TestEngine(
                        faultyAndDurable(
                                (method, arguments) -> {
                                    if (method.equals("claim") && !armed.get()) {
                                        again.countDown(); // comes after the node has entered again
                                    } else if (method.equals("create")
                                            && armed.compareAndSet(true, false)) {
                                        store.enter("node-a", Duration.ofSeconds(5));
                                        await(again);
                                        throw new StateUnavailableException("reset", null);
                                    }
                                }))) {
            engine.offer("t", c -> "x");
            engine.workflow("w", w -> w.addTask("a", "t"));
            assertEquals(RunStatus.COMPLETED, engine.run("w", Map.of()).status());
        }
    }

    /** A node that reads long journals back keeps its lease meanwhile. */
    @Test(timeout = 60_000)
    public void aHeartbeatDoesNotWaitForJournalsThatAreRead() {
        CountDownLatch beats = new CountDownLatch(3);
        AtomicBoolean reading = new AtomicBoolean();
        AtomicBoolean armed = new AtomicBoolean();
        try (TestEngine engine =
                new TestEngine(
                        faultyAndDurable(
                                (method, arguments) -> {
                                    if (method.equals("heartbeat") && reading.get()) {
                                        beats.countDown();
                                    } else if (method.equals("journal")
                                            && armed.compareAndSet(true, false)) {
                                        reading.set(true);
                                        await(beats);
                                    }
                                }))) {
            engine.workflow("w", w -> w.addTask("a", "late"));
            RunHandle handle = engine.start("w", Map.of());
            Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
            armed.set(true);
            engine.offer("late", c -> "x");
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            assertEquals(0, beats.getCount());
        }
    }

    /** A body that is in progress while its run is paused is lost with its node, and counted. */
    @Test(timeout = 60_000)
    public void theLossOfABodyOfAPausedRunIsRecorded() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        AtomicInteger bodies = new AtomicInteger();
        try (TestEngine engine = new TestEngine(store)) {
            engine.offer(
                    "t",
                    c -> {
                        began.countDown();
                        return bodies.getAndIncrement() > 0
                                || new CountDownLatch(1).await(50, TimeUnit.SECONDS);
                    });
            engine.workflow("w", w -> w.addTask("a", "t"));
            RunHandle handle = engine.start("w", Map.of());
            assertTrue(began.await(20, TimeUnit.SECONDS));
            assertTrue(engine.manager.pauseWorkflow(handle.id()).accepted());
            store.enter("node-a", Duration.ofSeconds(5)); // as if the process had been killed
            Await.until(
                    "the loss to be recorded",
                    () ->
                            store.journal(handle.id(), 1, 100).stream()
                                    .anyMatch(e -> e.type().equals("RunRecovered")));
            assertTrue(engine.manager.resumeWorkflow(handle.id()).accepted());
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
            List<String> types =
                    store.journal(handle.id(), 1, 100).stream().map(e -> e.type()).toList();
            assertTrue(types.toString(), types.contains("AttemptStarted"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test(timeout = 60_000)
    public void logLinesThatTheStoreDidNotTakeAreCounted() {
        AtomicBoolean away = new AtomicBoolean(true);
        try (TestEngine engine =
                new TestEngine(
                        faulty(
                                (method, arguments) -> {
                                    if (method.equals("log") && away.get()) {
                                        throw new StateUnavailableException("away", null);
                                    }
                                }))) {
            engine.offer(
                    "talk",
                    c -> {
                        c.log().log(System.Logger.Level.INFO, "one");
                        c.log().log(System.Logger.Level.INFO, "two");
                        return null;
                    });
            engine.workflow("talking", w -> w.addTask("it", "talk"));
            RunDetails run = engine.run("talking", Map.of());
            engine.engine.flushLogs();
            away.set(false);

            List<LogLine> lines = engine.state.getWorkflowLogs(run.id());

            assertEquals(1, lines.size());
            assertTrue(lines.get(0).text(), lines.get(0).text().startsWith("2 lines are missing"));
        }
    }
}
