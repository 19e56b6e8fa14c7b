package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import orchestrator.api.FailedItems;
import orchestrator.api.SourceMap;
import orchestrator.api.Task;
import orchestrator.api.TaskFailure;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.service.TaskExecutorService;
import orchestrator.engine.service.WorkflowManagerService;
import org.junit.Test;

/** What the engine does, on whatever store a subclass gives. */
public abstract class EngineContract extends EnginesOnAStore {
    private static final Task ECHO = context -> context.input();

    @Test
    public void stepsFollowEachOtherAndSeeOutputs() {
        TestEngine engine = engine();
        engine.offer("add", c -> c.input("a", Long.class) + c.input("b", Long.class));
        engine.workflow(
                "sum",
                w -> {
                    w.requireInput("x");
                    w.step("first").task("add").input("a", "${input.x}").input("b", 1);
                    w.step("second")
                            .task("add")
                            .after("first")
                            .input("a", "${first}")
                            .input("b", "${first * 2}");
                });
        RunDetails run = engine.run("sum", Map.of("x", 4));
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(5L, run.output("first").orElseThrow());
        assertEquals(15L, run.output("second").orElseThrow());
        assertEquals(100, run.progress());
        assertEquals(List.of("first", "second"), run.steps().stream().map(s -> s.name()).toList());
        List<HistoryEntry> history = engine.state.getWorkflowHistory(run.id(), 1, 100);
        assertEquals(
                List.of(
                        "RunCreated",
                        "AttemptScheduled",
                        "AttemptCompleted",
                        "AttemptScheduled",
                        "AttemptCompleted",
                        "RunCompleted"),
                history.stream().map(HistoryEntry::type).toList());
        assertEquals("1.0", history.get(2).body().get("taskVersion"));
    }

    @Test
    public void aJoinWaitsForAll() throws Exception {
        TestEngine engine = engine();
        CountDownLatch both = new CountDownLatch(2);
        engine.offer(
                "meet",
                c -> {
                    both.countDown();
                    return both.await(20, TimeUnit.SECONDS);
                });
        engine.offer("end", ECHO);
        engine.workflow(
                "diamond",
                w -> {
                    w.step("left").task("meet");
                    w.step("right").task("meet");
                    w.step("join")
                            .task("end")
                            .after("left", "right")
                            .input("l", "${left}")
                            .input("r", "${right}");
                });
        RunDetails run = engine.run("diamond", Map.of());
        assertEquals(Map.of("l", true, "r", true), run.output("join").orElseThrow());
    }

    @Test
    public void fanOutKeepsOrderAndObeysItsConcurrency() {
        TestEngine engine = engine();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore three = new Semaphore(0);
        engine.offer(
                "square",
                c -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    three.release();
                    assertTrue(three.tryAcquire(20, TimeUnit.SECONDS));
                    now.decrementAndGet();
                    long n = c.input("n", Long.class);
                    return n * n;
                });
        engine.workflow(
                "squares",
                w ->
                        w.step("each")
                                .task("square")
                                .forEach("input.list")
                                .concurrency(3)
                                .input("n", "${item}"));
        List<Integer> list = IntStream.range(0, 200).boxed().toList();
        RunDetails run = engine.run("squares", Map.of("list", list));
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(
                list.stream().map(n -> (Object) ((long) n * n)).toList(),
                run.output("each").orElseThrow());
        assertTrue("at most 3 in flight, but " + most, most.get() <= 3);
        assertEquals(200, run.steps().get(0).itemsCompleted());
    }

    @Test
    public void anEmptyFanOutCompletesWithAnEmptyList() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        engine.workflow(
                "empty",
                w -> {
                    w.step("none").task("echo").forEach("input.list");
                    w.step("after").task("echo").after("none").input("list", "${none}");
                });
        RunDetails run = engine.run("empty", Map.of("list", List.of()));
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(Map.of("list", List.of()), run.output("after").orElseThrow());
    }

    @Test
    public void failedItemsStopOrGoOn() {
        TestEngine engine = engine();
        engine.offer(
                "odd",
                c -> {
                    long n = c.input("n", Long.class);
                    if (n % 2 == 0) {
                        throw TaskFailure.permanent("even", n + " is even");
                    }
                    return n;
                });
        engine.workflow(
                "go-on",
                w ->
                        w.step("each")
                                .task("odd")
                                .forEach("input.list")
                                .failedItems(FailedItems.CONTINUE)
                                .input("n", "${item}"));
        engine.workflow(
                "stop",
                w -> w.step("each").task("odd").forEach("input.list").input("n", "${item}"));
        RunDetails goesOn = engine.run("go-on", Map.of("list", List.of(1, 2, 3)));
        assertEquals(RunStatus.COMPLETED, goesOn.status());
        assertEquals(
                List.of(1L, Map.of("error", Map.of("code", "even", "message", "2 is even")), 3L),
                goesOn.output("each").orElseThrow());
        assertEquals(1, goesOn.steps().get(0).itemsFailed());
        RunDetails stops = engine.run("stop", Map.of("list", List.of(1, 2, 3)));
        assertEquals(RunStatus.FAILED, stops.status());
        assertTrue(
                stops.error().orElseThrow(),
                stops.error().orElseThrow().contains("item 1: 2 is even"));
    }

    @Test
    public void aFailedAttemptIsTriedAgainUpToItsLimit() {
        TestEngine engine = engine();
        AtomicInteger calls = new AtomicInteger();
        engine.offer(
                "flaky",
                c -> {
                    calls.incrementAndGet();
                    if (c.attempt() < c.input("good", Long.class)) {
                        throw new IllegalStateException("not yet");
                    }
                    return c.attempt();
                });
        engine.workflow(
                "retries",
                w ->
                        w.step("try_it")
                                .task("flaky")
                                .input("good", "${input.good}")
                                .retry(3, Duration.ofMillis(5))
                                .backoff(2, Duration.ofSeconds(1)));
        RunDetails good = engine.run("retries", Map.of("good", 3));
        assertEquals(RunStatus.COMPLETED, good.status());
        assertEquals(3L, good.output("try_it").orElseThrow());
        RunDetails bad = engine.run("retries", Map.of("good", 4));
        assertEquals(RunStatus.FAILED, bad.status());
        assertEquals(6, calls.get());
        assertTrue(
                bad.error()
                        .orElseThrow()
                        .contains("IllegalStateException: step 'try_it': not yet"));
    }

    @Test
    public void anAttemptThatTakesTooLongIsInterruptedAndTriedAgain() throws Exception {
        TestEngine engine = engine();
        CountDownLatch interrupted = new CountDownLatch(1);
        engine.offer(
                "slow",
                c -> {
                    if (c.attempt() == 1) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return "done";
                });
        engine.workflow(
                "slow",
                w ->
                        w.step("wait_here")
                                .task("slow")
                                .timeout(Duration.ofMillis(100))
                                .retry(2, Duration.ZERO));
        RunDetails run = engine.run("slow", Map.of());
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals("done", run.output("wait_here").orElseThrow());
        assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    }

    @Test
    public void aRunWhoseTimeIsUpFails() {
        TestEngine engine = engine();
        engine.offer(
                "forever",
                c -> {
                    new CountDownLatch(1).await();
                    return null;
                });
        engine.workflow(
                "forever",
                w -> {
                    w.timeout(Duration.ofMillis(200));
                    w.addTask("hang", "forever");
                });
        RunDetails run = engine.run("forever", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().startsWith("timeout:"));
        assertEquals(StepStatus.CANCELLED, run.steps().get(0).status());
    }

    @Test
    public void aPausedRunStandsStillUntilItIsResumed() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger second = new AtomicInteger();
        engine.offer(
                "first",
                c -> {
                    began.countDown();
                    return go.await(20, TimeUnit.SECONDS);
                });
        engine.offer("second", c -> second.incrementAndGet());
        engine.workflow(
                "pausing",
                w -> {
                    w.step("one").task("first");
                    w.step("two").task("second").after("one");
                });
        RunHandle handle = engine.start("pausing", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.pauseWorkflow(handle.id()).accepted());
        CommandResult again = engine.manager.pauseWorkflow(handle.id());
        assertFalse(again.message(), again.accepted());
        go.countDown();
        Await.until(
                "the first step to be recorded",
                () -> details(engine, handle).steps().get(0).status() == StepStatus.COMPLETED);
        RunDetails paused = details(engine, handle);
        assertEquals(RunStatus.PAUSED, paused.status());
        assertEquals("pause", paused.reason().orElseThrow().code());
        assertEquals(0, second.get());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        assertTrue(engine.manager.resumeWorkflow(handle.id()).accepted());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        assertEquals(1, second.get());
    }

    @Test
    public void aCancelledRunInterruptsItsAttempts() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        engine.offer(
                "hang",
                c -> {
                    c.onCancel(interrupted::countDown);
                    began.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
        engine.workflow("hanging", w -> w.addTask("hang", "hang"));
        RunHandle handle = engine.start("hanging", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.cancelWorkflow(handle.id(), "no need").accepted());
        assertTrue(interrupted.await(20, TimeUnit.SECONDS));
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.CANCELLED, run.status());
        assertEquals("no need", run.error().orElseThrow());
        assertFalse(engine.manager.cancelWorkflow(handle.id(), "").accepted());
        assertFalse(engine.manager.pauseWorkflow("nobody").accepted());
        Await.until("the slot to come back", () -> engine.engine.busySlots() == 0);
    }

    @Test
    public void aRunWaitsForAMissingTaskAndGoesOnByItself() {
        TestEngine engine = engine();
        engine.workflow("needy", w -> w.step("ask").task("absent").input("x", 1));
        RunHandle handle = engine.start("needy", Map.of());
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        RunDetails waiting = details(engine, handle);
        assertEquals(RunStatus.WAITING, waiting.status());
        assertEquals("task", waiting.reason().orElseThrow().code());
        assertEquals("absent", waiting.reason().orElseThrow().subject());
        assertEquals(List.of("absent"), engine.manager.workflows().get(0).missingTasks());
        engine.offer("absent", ECHO);
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(1, run.steps().get(0).attempts());
    }

    @Test
    public void aTaskThatLeavesHandsItsAttemptsBackAndNoRunFails() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        TaskBinding old =
                engine.offer(
                        "swap",
                        "1.0",
                        c -> {
                            began.countDown();
                            new CountDownLatch(1).await();
                            return "old";
                        });
        engine.workflow("swapped", w -> w.step("it").task("swap").retry(1, Duration.ZERO));
        RunHandle handle = engine.start("swapped", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        engine.withdraw(old);
        Await.until("the run to wait", () -> details(engine, handle).status() == RunStatus.WAITING);
        engine.offer("swap", "2.0", c -> "new");
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals("new", run.output("it").orElseThrow());
        List<HistoryEntry> history = engine.state.getWorkflowHistory(run.id(), 1, 100);
        assertTrue(history.stream().map(HistoryEntry::type).toList().contains("AttemptHandedBack"));
        HistoryEntry result =
                history.stream()
                        .filter(e -> e.type().equals("AttemptCompleted"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("2.0", result.body().get("taskVersion"));
    }

    @Test
    public void aRunWhoseTimeIsUpWhileItWaitsFails() {
        TestEngine engine = engine();
        engine.workflow(
                "late",
                w -> {
                    w.timeout(Duration.ofMillis(300));
                    w.addTask("ask", "never-there");
                });
        RunDetails run = engine.run("late", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().startsWith("timeout:"));
        assertEquals(StepStatus.CANCELLED, run.steps().get(0).status());
    }

    @Test
    public void itemsThatAreHandedBackWhileTheirStepWaitsGoOnWithTheNextVersion() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(2);
        CountDownLatch first = new CountDownLatch(1);
        TaskBinding old =
                engine.offer(
                        "item",
                        "1.0",
                        c -> {
                            began.countDown();
                            if (c.input("n", Long.class) == 0) {
                                return first.await(20, TimeUnit.SECONDS);
                            }
                            new CountDownLatch(1).await();
                            return null;
                        });
        engine.workflow(
                "items",
                w ->
                        w.step("each")
                                .task("item")
                                .forEach("input.list")
                                .input("n", "${item}")
                                .concurrency(2)
                                .retry(1, Duration.ZERO));
        RunHandle handle = engine.start("items", Map.of("list", List.of(0, 1, 2)));
        assertTrue(began.await(20, TimeUnit.SECONDS));
        engine.engine.tasks().remove(old);
        first.countDown(); // item 2 follows, and finds no task
        Await.until(
                "the step to wait",
                () -> details(engine, handle).steps().get(0).status() == StepStatus.WAITING);
        old.drain(Duration.ZERO); // item 1 is handed back while its step waits
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        assertEquals("task", details(engine, handle).reason().orElseThrow().code());
        engine.offer("item", "2.0", c -> "new");
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(List.of(true, "new", "new"), run.output("each").orElseThrow());
    }

    @Test
    public void anEngineThatStartsAgainGoesOnWhereTheOldOneStood() throws Exception {
        TestEngine first = engine();
        CountDownLatch inSecond = new CountDownLatch(1);
        AtomicInteger ones = new AtomicInteger();
        first.offer("one", c -> ones.incrementAndGet());
        first.offer(
                "two",
                c -> {
                    inSecond.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
        first.workflow(
                "survivor",
                w -> {
                    w.step("a").task("one");
                    w.step("b").task("two").after("a");
                    w.step("c").task("one").after("b");
                });
        RunHandle handle = first.start("survivor", Map.of());
        assertTrue(inSecond.await(20, TimeUnit.SECONDS));
        first.close();

        TestEngine second = engine();
        second.offer("one", c -> ones.incrementAndGet());
        second.offer("two", c -> "recovered");
        RunDetails run = second.engine.result(handle.id()).get(60, TimeUnit.SECONDS);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(1L, run.output("a").orElseThrow());
        assertEquals("recovered", run.output("b").orElseThrow());
        assertEquals(2, ones.get());
    }

    @Test
    public void theSameStartKeyGivesTheSameRun() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        engine.workflow("keyed", w -> w.step("it").task("echo").input("x", "${input.x}"));
        StartOptions key = StartOptions.none().startKey("k");
        RunHandle one = engine.manager.executeWorkflow("keyed", Map.of("x", 1), key);
        RunHandle two = engine.manager.executeWorkflow("keyed", Map.of("x", 1), key);
        assertEquals(one.id(), two.id());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(two).status());
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> engine.manager.executeWorkflow("keyed", Map.of("x", 2), key));
        assertEquals("start-key", refused.code());
    }

    @Test
    public void beyondTheLimitRunsQueueAndNoneIsDropped() throws Exception {
        EngineLimits two =
                new EngineLimits(
                        2,
                        100,
                        Duration.ofSeconds(60),
                        new Retry(1, Duration.ZERO, 1, Duration.ofDays(1), 0),
                        Duration.ofSeconds(1),
                        100);
        TestEngine engine = engine(two);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        engine.offer(
                "count",
                c -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    go.await();
                    now.decrementAndGet();
                    return null;
                });
        engine.workflow("limited", w -> w.addTask("it", "count"));
        List<RunHandle> handles =
                IntStream.range(0, 20).mapToObj(i -> engine.start("limited", Map.of())).toList();
        assertEquals(18, (long) engine.state.count().get(RunStatus.QUEUED));
        go.countDown();
        handles.forEach(h -> assertEquals(RunStatus.COMPLETED, TestEngine.end(h).status()));
        assertTrue("at most 2 at once, but " + most, most.get() <= 2);
        assertEquals(20, engine.state.find(RunFilter.all().workflow("limited")).items().size());
    }

    @Test
    public void badStartsAreRefusedAndChangeNothing() {
        TestEngine engine = engine();
        engine.workflow(
                "strict",
                w -> {
                    w.requireInput("path");
                    w.addTask("it", "nobody");
                });
        RefusedException unknown =
                assertThrows(RefusedException.class, () -> engine.start("strikt", Map.of()));
        assertTrue(unknown.getMessage(), unknown.getMessage().contains("strict"));
        RefusedException missing =
                assertThrows(RefusedException.class, () -> engine.start("strict", Map.of()));
        assertTrue(missing.getMessage(), missing.getMessage().contains("'path'"));
        assertThrows(
                RefusedException.class,
                () -> engine.start("strict", Map.of("path", "x".repeat(3 << 20))));
        assertThrows(
                RefusedException.class, () -> engine.start("strict", Map.of("path", new Object())));
        assertThrows(
                RefusedException.class,
                () -> engine.tasks.executeTask("nobody", Map.of(), StartOptions.none()));
        assertEquals(0, engine.state.find(RunFilter.all()).items().size());
    }

    @Test
    public void badExpressionsAreRefusedAtRegistration() {
        TestEngine engine = engine();
        InvalidWorkflowException wrong =
                assertThrows(
                        InvalidWorkflowException.class,
                        () ->
                                engine.workflow(
                                        "wrong", w -> w.step("it").task("t").input("x", "${1 +}")));
        assertEquals(List.of("steps", "it", "input"), wrong.problems().get(0).path());
        assertThrows(
                InvalidWorkflowException.class,
                () ->
                        engine.workflow(
                                "wrong", w -> w.step("it").task("t").forEach("while(true){}")));
        assertThrows(
                InvalidWorkflowException.class,
                () ->
                        engine.workflow(
                                "wrong", w -> w.step("it").task("t").forEach("nobody.items")));
    }

    @Test
    public void aStepTaskMayBeAFunctionOrAsynchronous() {
        TestEngine engine = engine();
        engine.workflow(
                "functions",
                w -> {
                    w.addTask("now", c -> Map.of("n", 1));
                    w.addTask("later", EngineContract::later);
                });
        RunDetails run = engine.run("functions", Map.of());
        assertEquals(Map.of("n", 1L), run.output("now").orElseThrow());
        assertEquals(Map.of("text", "yes", "n", 42L), run.output("later").orElseThrow());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a task may return a stage as an Object
    private static Object later(orchestrator.api.TaskContext context) {
        return CompletableFuture.supplyAsync(() -> new Answer("yes", 42));
    }

    /** A result. */
    public record Answer(String text, int n) {}

    @Test
    public void aResultThatIsTooLargeOrNoJsonFailsTheStepAtOnce() {
        TestEngine engine = engine();
        engine.offer("large", c -> "x".repeat(10 << 20));
        engine.offer(
                "error",
                c -> {
                    throw new StackOverflowError("deep");
                });
        engine.workflow("large", w -> w.addTask("it", "large"));
        engine.workflow("error", w -> w.step("it").task("error").retry(1, Duration.ZERO));
        RunDetails large = engine.run("large", Map.of());
        assertEquals(RunStatus.FAILED, large.status());
        assertEquals(1, large.steps().get(0).attempts());
        assertTrue(large.error().orElseThrow(), large.error().orElseThrow().contains("2,097,152"));
        assertEquals(RunStatus.FAILED, engine.run("error", Map.of()).status());
    }

    @Test
    public void logsAndProgressAreKept() {
        TestEngine engine = engine();
        engine.offer(
                "talk",
                c -> {
                    c.progress(0.5, "half");
                    c.log().log(System.Logger.Level.INFO, "Hello {0}", "world");
                    return null;
                });
        engine.workflow("talking", w -> w.addTask("it", "talk"));
        RunDetails run = engine.run("talking", Map.of());
        assertEquals("Hello world", engine.state.getWorkflowLogs(run.id()).get(0).text());
        assertEquals("it", engine.state.getWorkflowLogs(run.id()).get(0).step());
    }

    /** An input. */
    public record Greeting(String name, int times) {}

    @Test
    public void anInputThatDoesNotFitItsRecordIsNamedAndNotGuessed() {
        TestEngine engine = engine();
        engine.offer("greet", c -> c.input(Greeting.class).name());
        engine.workflow("greeting", w -> w.step("it").task("greet").input("name", "Ada"));
        RunDetails run = engine.run("greeting", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals(1, run.steps().get(0).attempts());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().contains("times"));
    }

    @Test
    public void aSingleTaskIsARun() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        RunDetails run =
                TestEngine.end(
                        engine.tasks.executeTask("echo", Map.of("a", 1), StartOptions.none()));
        assertEquals(Map.of("a", 1L), run.output("task").orElseThrow());
        assertEquals("task:echo", run.workflow());
    }

    @Test
    public void aCallerThatLeavesIsNotCalledBack() throws Exception {
        TestEngine engine = engine();
        CountDownLatch end = new CountDownLatch(1);
        engine.offer(
                "held",
                c -> {
                    end.await();
                    return null;
                });
        engine.workflow("held", builder -> builder.addTask("work", "held"));
        StartOptions once = StartOptions.none().startKey("once");
        WorkflowManagerService leaving = engine.managerOfAnother();
        TaskExecutorService leavingToo = new TaskExecutorService(engine.services);
        RunHandle dropped = leaving.executeWorkflow("held", Map.of(), once);
        RunHandle droppedToo = leavingToo.executeTask("held", Map.of(), once);

        leaving.close();
        leavingToo.close();
        RunHandle kept = engine.manager.executeWorkflow("held", Map.of(), once);
        RunHandle keptToo = engine.tasks.executeTask("held", Map.of(), once);
        end.countDown();

        assertEquals(dropped.id(), kept.id());
        assertEquals(droppedToo.id(), keptToo.id());
        TestEngine.end(kept); // results are given in the order in which they were asked for
        TestEngine.end(keptToo);
        assertFalse(dropped.result().toCompletableFuture().isDone());
        assertFalse(droppedToo.result().toCompletableFuture().isDone());
    }

    @Test
    public void limitsChangeWhileTheEngineRuns() throws Exception {
        EngineLimits one =
                new EngineLimits(
                        50,
                        1,
                        Duration.ofSeconds(60),
                        new Retry(1, Duration.ZERO, 1, Duration.ofDays(1), 0),
                        Duration.ofSeconds(1),
                        100);
        TestEngine engine = engine(one);
        CountDownLatch two = new CountDownLatch(2);
        engine.offer(
                "meet",
                c -> {
                    two.countDown();
                    return two.await(20, TimeUnit.SECONDS);
                });
        engine.workflow(
                "pair",
                w -> {
                    w.addTask("a", "meet");
                    w.addTask("b", "meet");
                });
        RunHandle handle = engine.start("pair", Map.of());
        Await.until("one to wait", () -> engine.engine.busySlots() == 1 && two.getCount() == 1);
        engine.engine.limits(TestEngine.LIMITS);
        RunDetails run = TestEngine.end(handle);
        assertEquals(true, run.output("a").orElseThrow());
    }

    @Test
    public void documentsComeInAsTrees() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        engine.workflow(
                "tree",
                w ->
                        w.document(
                                Map.of(
                                        "workflow",
                                        "tree",
                                        "version",
                                        "7",
                                        "steps",
                                        Map.of("it", Map.of("task", "echo", "input", "${input}"))),
                                SourceMap.NONE));
        assertEquals("7", engine.manager.workflows().get(0).version());
        assertEquals(
                Map.of("k", "v"), engine.run("tree", Map.of("k", "v")).output("it").orElseThrow());
    }

    private static RunDetails details(TestEngine engine, RunHandle handle) {
        return engine.manager.getWorkflowStatus(handle.id()).orElseThrow();
    }
}
