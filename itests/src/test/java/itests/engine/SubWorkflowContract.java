package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orchestrator.api.FailedItems;
import orchestrator.api.OnFailure;
import orchestrator.api.Task;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.EngineLimits;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Steps that run workflows, on whatever store a subclass gives. */
public abstract class SubWorkflowContract extends EnginesOnAStore {
    @Rule public final Timeout timeout = Timeout.seconds(180);

    private static EngineLimits limits(int runs, int tasks) {
        EngineLimits l = TestEngine.LIMITS;
        return new EngineLimits(runs, tasks, l.taskTimeout(), l.retry(), l.drain(), l.logLines());
    }

    private static void child(TestEngine engine, Task task) {
        engine.offer("work", task);
        engine.workflow(
                "child",
                w -> {
                    w.requireInput("n");
                    w.step("work").task("work").input("n", "${input.n}").retry(1, Duration.ZERO);
                });
    }

    private static void parent(TestEngine engine) {
        engine.workflow("parent", w -> w.step("part").workflow("child").input("n", "${input.n}"));
    }

    private static RunDetails details(TestEngine engine, String run) {
        return engine.manager.getWorkflowStatus(run).orElseThrow();
    }

    private static List<RunInfo> runs(TestEngine engine, String workflow) {
        return engine.state.find(RunFilter.all().workflow(workflow).limit(1000)).items();
    }

    /** A child is closed after its parent has heard of its end. */
    private static List<RunInfo> ended(TestEngine engine, String workflow) {
        Await.until(
                "all runs of " + workflow + " to be closed",
                () -> runs(engine, workflow).stream().allMatch(r -> r.status().isFinal()));
        return runs(engine, workflow);
    }

    private static RunDetails only(TestEngine engine, String workflow) {
        List<RunInfo> runs = ended(engine, workflow);
        assertEquals(runs.toString(), 1, runs.size());
        return details(engine, runs.get(0).id());
    }

    @Test
    public void whatAChildGivesIsTheOutputOfItsStep() {
        TestEngine engine = engine();
        child(engine, c -> c.input("n", Long.class) * 2);
        engine.offer("next", c -> c.input("n", Long.class) + 1);
        engine.workflow(
                "parent",
                w -> {
                    w.step("part").workflow("child").input("n", "${input.n}");
                    w.step("next").task("next").after("part").input("n", "${part}");
                });
        RunHandle handle =
                engine.manager.executeWorkflow(
                        "parent",
                        Map.of("n", 20),
                        StartOptions.none().priority(7).label("team", "blue"));
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(40L, run.output("part").orElseThrow());
        assertEquals(41L, run.output("next").orElseThrow());
        assertEquals(41L, run.output().orElseThrow());
        assertEquals("workflow:child", run.steps().get(0).task());
        RunDetails child = only(engine, "child");
        assertEquals(run.id(), child.parent().orElseThrow());
        assertEquals(Map.of("team", "blue"), child.labels());
        assertEquals(40L, child.output().orElseThrow());
        RunSummary stored = backend().summaries(List.of(child.id())).get(0);
        assertEquals(7, stored.priority());
        assertEquals(run.id(), stored.parent());
        assertTrue(child.id(), child.id().startsWith(run.id() + "."));
        Object version =
                engine.state.getWorkflowHistory(run.id(), 1, 100).stream()
                        .filter(e -> e.type().equals("AttemptCompleted"))
                        .findFirst()
                        .orElseThrow()
                        .body()
                        .get("taskVersion");
        assertEquals("1.0.0 (%s)".formatted(stored.definitionHash().substring(0, 12)), version);
    }

    @Test
    public void theStartNamesAPriorityOrTheWorkflowOfTheFirstRun() {
        TestEngine engine = engine();
        engine.offer("work", c -> 1);
        engine.workflow(
                "child",
                w -> {
                    w.priority(9);
                    w.step("only").task("work");
                });
        engine.workflow(
                "parent",
                w -> {
                    w.priority(-3);
                    w.step("part").workflow("child");
                });
        assertEquals(Map.of("parent", -3, "child", -3), priorities(engine, StartOptions.none()));
        assertEquals(
                Map.of("parent", 0, "child", 0),
                priorities(engine, StartOptions.none().priority(0)));
        RunHandle alone = engine.start("child", Map.of());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(alone).status());
        assertEquals(9, backend().summaries(List.of(alone.id())).get(0).priority());
    }

    private Map<String, Integer> priorities(TestEngine engine, StartOptions options) {
        RunHandle run = engine.manager.executeWorkflow("parent", Map.of(), options);
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
        Map<String, Integer> all = new TreeMap<>();
        for (RunInfo child : engine.state.find(RunFilter.all().childrenOf(run.id())).items()) {
            int priority = backend().summaries(List.of(child.id())).get(0).priority();
            all.put(child.workflow(), priority);
        }
        all.put("parent", backend().summaries(List.of(run.id())).get(0).priority());
        return all;
    }

    @Test
    public void itemsAreRunsUpToTheConcurrency() {
        TestEngine engine = engine();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        child(
                engine,
                c -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    long n = c.input("n", Long.class);
                    now.decrementAndGet();
                    if (n % 5 == 0) {
                        throw TaskFailure.permanent("five", n + " is of five");
                    }
                    return n * n;
                });
        engine.workflow(
                "all",
                w ->
                        w.step("each")
                                .workflow("child")
                                .forEach("input.list")
                                .concurrency(3)
                                .failedItems(FailedItems.CONTINUE)
                                .input("n", "${item}"));
        List<Integer> list = IntStream.rangeClosed(1, 30).boxed().toList();
        RunDetails run = engine.run("all", Map.of("list", list));
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(6, run.steps().get(0).itemsFailed());
        List<?> outputs = (List<?>) run.output("each").orElseThrow();
        assertEquals(49L, outputs.get(6));
        Map<?, ?> failed = (Map<?, ?>) ((Map<?, ?>) outputs.get(4)).get("error");
        assertEquals("five", failed.get("code"));
        assertTrue(failed.toString(), failed.get("message").toString().contains("5 is of five"));
        assertTrue("at most 3 at once, but " + most, most.get() <= 3);
        assertEquals(30, runs(engine, "child").size());
    }

    @Test
    public void aChildThatFailsIsTriedAgainIfTheStepSaysSo() {
        TestEngine engine = engine();
        AtomicInteger bodies = new AtomicInteger();
        child(
                engine,
                c -> {
                    if (bodies.incrementAndGet() < 3) {
                        throw TaskFailure.permanent("early", "not yet");
                    }
                    return "done";
                });
        parent(engine);
        engine.workflow(
                "patient",
                w ->
                        w.step("part")
                                .workflow("child")
                                .input("n", 1)
                                .retry(3, Duration.ofMillis(20)));
        RunDetails failed = engine.run("parent", Map.of("n", 1));
        assertEquals(RunStatus.FAILED, failed.status());
        RunDetails child = only(engine, "child");
        assertEquals(
                "early: step 'part': run %s has ended as FAILED: step 'work': not yet"
                        .formatted(child.id()),
                failed.error().orElseThrow());
        RunDetails good = engine.run("patient", Map.of());
        assertEquals("done", good.output("part").orElseThrow());
        assertEquals(2, good.steps().get(0).attempts());
        assertEquals(3, runs(engine, "child").size());
    }

    @Test
    public void anInputThatTheWorkflowDoesNotTakeFailsTheStepAtOnce() {
        TestEngine engine = engine();
        child(engine, c -> c.input());
        engine.workflow(
                "wrong",
                w -> w.step("part").workflow("child").input("m", 1).retry(5, Duration.ZERO));
        RunDetails run = engine.run("wrong", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals(1, run.steps().get(0).attempts());
        assertEquals(
                "input: step 'part': child: Expected the input 'n', but it is missing",
                run.error().orElseThrow());
        assertEquals(0, runs(engine, "child").size());
    }

    @Test
    public void theTimeOfTheStepIsThatOfTheChild() {
        TestEngine engine = engine();
        child(engine, SubWorkflowContract::hang);
        engine.workflow(
                "short",
                w ->
                        w.step("part")
                                .workflow("child")
                                .input("n", 1)
                                .timeout(Duration.ofMillis(200)));
        RunDetails run = engine.run("short", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().startsWith("timeout:"));
        assertTrue(only(engine, "child").error().orElseThrow().startsWith("timeout:"));
    }

    private static Object hang(orchestrator.api.TaskContext context) throws Exception {
        new CountDownLatch(1).await();
        return context;
    }

    @Test
    public void cancellingARunCancelsItsChildren() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(2);
        child(
                engine,
                c -> {
                    began.countDown();
                    return hang(c);
                });
        engine.workflow(
                "pair",
                w -> w.step("each").workflow("child").forEach("[1, 2]").input("n", "${item}"));
        RunHandle handle = engine.start("pair", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.cancelWorkflow(handle.id(), "enough").accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
        Await.until(
                "the children to end",
                () ->
                        runs(engine, "child").stream()
                                .allMatch(r -> r.status() == RunStatus.CANCELLED));
        Await.until("the slots to come back", () -> engine.engine.busySlots() == 0);
        Await.until("all to leave memory", () -> engine.engine.activeRuns() == 0);
        assertEquals(
                "run %s has given it up".formatted(handle.id()),
                runs(engine, "child").get(0).error().orElseThrow());
    }

    @Test
    public void whatAChildHasDoneIsUndoneAlsoIfItsParentHasDoneNothing() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        engine.offer("do", c -> 1);
        engine.offer("undo", c -> 1);
        engine.offer(
                "hang",
                c -> {
                    began.countDown();
                    return hang(c);
                });
        engine.workflow(
                "inner",
                w -> {
                    w.step("done").task("do").compensate("undo");
                    w.step("hangs").task("hang").after("done");
                });
        engine.workflow("middle", w -> w.step("inner").workflow("inner"));
        engine.workflow("outer", w -> w.step("middle").workflow("middle"));
        RunHandle handle = engine.start("outer", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.cancelWorkflow(handle.id(), "enough", true).accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
        RunDetails inner = only(engine, "inner");
        assertEquals(RunStatus.CANCELLED, inner.status());
        assertEquals(StepStatus.COMPENSATED, inner.steps().get(0).status());
    }

    @Test
    public void whatAFailedStepLeavesInProgressIsUndoneAlsoIfTheRunGoesOn() throws Exception {
        TestEngine engine = engine();
        failingBesideAnother(engine);
        CountDownLatch undone = new CountDownLatch(2); // what the failed child did is undone, too
        engine.offer(
                "undo",
                c -> {
                    undone.countDown();
                    return 1;
                });
        engine.offer(
                "next",
                c -> {
                    if (!undone.await(60, TimeUnit.SECONDS)) {
                        throw TaskFailure.permanent("late", "nothing was undone meanwhile");
                    }
                    return null;
                });
        engine.workflow(
                "parent",
                w -> {
                    w.step("each")
                            .workflow("inner")
                            .forEach("[1, 2]")
                            .input("n", "${item}")
                            .onFailure(OnFailure.CONTINUE);
                    w.step("next").task("next").after("each");
                });
        RunDetails run = engine.run("parent", Map.of());
        assertEquals(run.error().toString(), RunStatus.COMPLETED, run.status());
        assertBothUndone(engine);
    }

    @Test
    public void whatTheLastStepLeavesInProgressIsUndoneAlsoIfTheRunCompletes() {
        TestEngine engine = engine();
        failingBesideAnother(engine);
        engine.offer("undo", c -> 1);
        engine.workflow(
                "parent",
                w ->
                        w.step("each")
                                .workflow("inner")
                                .forEach("[1, 2]")
                                .input("n", "${item}")
                                .onFailure(OnFailure.CONTINUE));
        assertEquals(RunStatus.COMPLETED, engine.run("parent", Map.of()).status());
        assertBothUndone(engine);
    }

    /** Two children, each of which has done something: the first fails while the other is in progress. */
    private static void failingBesideAnother(TestEngine engine) {
        CountDownLatch inProgress = new CountDownLatch(1);
        engine.offer("do", c -> 1);
        engine.offer(
                "work",
                c -> {
                    if (c.input("n", Long.class) == 1) {
                        inProgress.await();
                        throw TaskFailure.permanent("broken", "it broke");
                    }
                    inProgress.countDown();
                    return hang(c);
                });
        engine.workflow(
                "inner",
                w -> {
                    w.requireInput("n");
                    w.step("done").task("do").compensate("undo");
                    w.step("work").task("work").after("done").input("n", "${input.n}");
                });
    }

    private static void assertBothUndone(TestEngine engine) {
        List<RunInfo> inner = ended(engine, "inner");
        assertEquals(
                Set.of(RunStatus.FAILED, RunStatus.CANCELLED),
                inner.stream().map(RunInfo::status).collect(Collectors.toSet()));
        for (RunInfo run : inner) {
            StepStatus done = details(engine, run.id()).steps().get(0).status();
            assertEquals(run.toString(), StepStatus.COMPENSATED, done);
        }
    }

    @Test
    public void aRunThatFailsOrIsOutOfTimeCancelsItsChildren() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        child(
                engine,
                c -> {
                    began.countDown();
                    return hang(c);
                });
        engine.offer(
                "fail",
                c -> {
                    began.await();
                    throw TaskFailure.permanent("broken", "it broke");
                });
        engine.workflow(
                "failing",
                w -> {
                    w.step("part").workflow("child").input("n", 1);
                    w.step("fail").task("fail");
                });
        engine.workflow(
                "late",
                w -> {
                    w.timeout(Duration.ofMillis(200));
                    w.step("part").workflow("child").input("n", 2);
                });
        RunDetails failed = engine.run("failing", Map.of());
        assertEquals("broken: step 'fail': it broke", failed.error().orElseThrow());
        assertEquals(StepStatus.CANCELLED, failed.steps().get(1).status());
        RunDetails late = engine.run("late", Map.of());
        assertTrue(late.error().orElseThrow(), late.error().orElseThrow().startsWith("timeout:"));
        Await.until(
                "the children to end",
                () ->
                        runs(engine, "child").stream()
                                        .filter(r -> r.status() == RunStatus.CANCELLED)
                                        .count()
                                == 2);
    }

    @Test
    public void cancellingAChildFailsTheAttempt() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        child(
                engine,
                c -> {
                    began.countDown();
                    return hang(c);
                });
        parent(engine);
        RunHandle handle = engine.start("parent", Map.of("n", 1));
        assertTrue(began.await(20, TimeUnit.SECONDS));
        String child = runs(engine, "child").get(0).id();
        assertTrue(engine.manager.cancelWorkflow(child, "no need").accepted());
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals(
                "cancelled: step 'part': run %s has ended as CANCELLED: no need".formatted(child),
                run.error().orElseThrow());
    }

    @Test
    public void pausingARunPausesItsChildrenAndResumingResumesThem() throws Exception {
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
                "child",
                w -> {
                    w.step("one").task("first");
                    w.step("two").task("second").after("one");
                });
        parent(engine);
        RunHandle handle = engine.start("parent", Map.of("n", 1));
        assertTrue(began.await(20, TimeUnit.SECONDS));
        String child = runs(engine, "child").get(0).id();
        assertTrue(engine.manager.pauseWorkflow(handle.id()).accepted());
        awaitStatus(engine, child, RunStatus.PAUSED);
        assertTrue(engine.manager.resumeWorkflow(handle.id()).accepted());
        awaitStatus(engine, child, RunStatus.RUNNING);
        assertTrue(engine.manager.pauseWorkflow(handle.id()).accepted()); // another pause
        awaitStatus(engine, child, RunStatus.PAUSED);
        go.countDown();
        Await.until("both to leave memory", () -> engine.engine.activeRuns() == 0);
        assertEquals(RunStatus.PAUSED, details(engine, handle.id()).status());
        assertEquals(0, second.get());
        assertTrue(engine.manager.resumeWorkflow(handle.id()).accepted());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        assertEquals(1, second.get());
    }

    /** A child that began after the pause of its parent, and was held by somebody else. */
    @Test
    public void whoTakesAParentOverLeavesAChildHeldThatItDidNotHold() throws Exception {
        TestEngine first = engine();
        CountDownLatch go = new CountDownLatch(1);
        first.offer("first", c -> go.await(20, TimeUnit.SECONDS));
        first.workflow("child", w -> w.step("work").task("late"));
        first.workflow(
                "parent",
                w -> {
                    w.step("one").task("first");
                    w.step("part").workflow("child").after("one");
                });
        String parent = first.start("parent", Map.of()).id();
        assertTrue(first.manager.pauseWorkflow(parent).accepted());
        assertTrue(first.manager.resumeWorkflow(parent).accepted());
        go.countDown();
        Await.until("the child to be there", () -> runs(first, "child").size() == 1);
        String child = runs(first, "child").get(0).id();
        awaitStatus(first, child, RunStatus.WAITING);
        assertTrue(first.manager.pauseWorkflow(child).accepted());
        first.close();

        TestEngine second = engine();
        Await.until("the parent to be taken over", () -> second.engine.activeRuns() > 0);
        assertTrue(second.manager.pauseWorkflow(parent).accepted());
        Await.until("the child to hear of the pause", () -> types(second, child, "CommandRefused"));
        assertFalse("it was let go on", types(second, child, "RunResumed"));
        assertEquals(RunStatus.PAUSED, details(second, child).status());
    }

    private static boolean types(TestEngine engine, String run, String type) {
        return engine.state.getWorkflowHistory(run, 1, 100).stream()
                .anyMatch(e -> e.type().equals(type));
    }

    private static void awaitStatus(TestEngine engine, String run, RunStatus status) {
        Await.until("run to be " + status, () -> details(engine, run).status() == status);
    }

    @Test
    public void aParentThatHearsNothingLeavesMemoryAndComesBackByItsInbox() {
        TestEngine engine = engine();
        engine.workflow("child", w -> w.step("work").task("late"));
        parent(engine);
        RunHandle handle = engine.start("parent", Map.of("n", 1));
        Await.until("both to leave memory", () -> engine.engine.activeRuns() == 0);
        RunDetails parent = details(engine, handle.id());
        assertEquals(RunStatus.WAITING, parent.status());
        assertEquals("child", parent.reason().orElseThrow().code());
        String which = parent.reason().orElseThrow().subject();
        assertTrue(which, which.startsWith(handle.id().substring(0, 20)));
        assertTrue(which, which.endsWith(" of child: task: late"));
        engine.offer("late", c -> "there");
        assertEquals("there", TestEngine.end(handle).output("part").orElseThrow());
    }

    @Test
    public void aRunWaitsForAMissingWorkflowAndGoesOnByItself() {
        TestEngine engine = engine();
        parent(engine);
        RunHandle handle = engine.start("parent", Map.of("n", 3));
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        RunDetails waiting = details(engine, handle.id());
        assertEquals(RunStatus.WAITING, waiting.status());
        assertEquals("workflow", waiting.reason().orElseThrow().code());
        assertEquals("child", waiting.reason().orElseThrow().subject());
        assertEquals(List.of("workflow:child"), engine.manager.workflows().get(0).missingTasks());
        child(engine, c -> c.input("n", Long.class) + 1);
        RunDetails run = TestEngine.end(handle);
        assertEquals(4L, run.output("part").orElseThrow());
        assertEquals(1, run.steps().get(0).attempts());
    }

    @Test
    public void workflowsNestUpToALimitAlsoInThemselves() {
        TestEngine engine = engine();
        engine.workflow("itself", w -> w.step("again").workflow("itself"));
        RunDetails run = engine.run("itself", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().startsWith("depth: "));
        assertEquals(17, runs(engine, "itself").size());
        List<RunInfo> all = ended(engine, "itself");
        List<String> parents = all.stream().flatMap(r -> r.parent().stream()).toList();
        RunInfo deepest =
                all.stream().filter(r -> !parents.contains(r.id())).findFirst().orElseThrow();
        assertTrue(
                deepest.error().orElseThrow(),
                deepest.error()
                        .orElseThrow()
                        .contains("Expected workflows nested at most 16 deep"));
    }

    @Test
    public void aThousandChildrenOfAParentNeedNoMoreRoomThanThereIs() {
        TestEngine engine = engine(limits(5, 4));
        child(engine, c -> c.input("n", Long.class));
        engine.workflow("middle", w -> w.step("deeper").workflow("child").input("n", "${input.n}"));
        engine.workflow(
                "wide",
                w ->
                        w.step("each")
                                .workflow("middle")
                                .forEach("input.list")
                                .concurrency(10)
                                .input("n", "${item}"));
        List<Integer> list = IntStream.range(0, 1000).boxed().toList();
        RunDetails run = engine.run("wide", Map.of("list", list));
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(
                list.stream().map(n -> (Object) n.longValue()).toList(),
                run.output("each").orElseThrow());
        Await.until(
                "all to be closed", () -> engine.state.count().get(RunStatus.COMPLETED) == 2001);
        Await.until("all to leave memory", () -> engine.engine.activeRuns() == 0);
    }

    @Test
    public void manyParentsDoNotKeepTheirChildrenOut() {
        TestEngine engine = engine(limits(2, 4));
        child(engine, c -> c.input("n", Long.class));
        parent(engine);
        List<RunHandle> handles =
                IntStream.range(0, 20)
                        .mapToObj(n -> engine.start("parent", Map.of("n", n)))
                        .toList();
        for (RunHandle handle : handles) {
            assertEquals(RunStatus.COMPLETED, TestEngine.end(handle).status());
        }
        Await.until("all to be closed", () -> engine.state.count().get(RunStatus.COMPLETED) == 40);
    }

    /** Parents and children meet in the store, wherever each of them is. */
    @Test
    public void childrenMayBeOnAnotherNode() throws Exception {
        TestEngine here = engine(limits(1, 100));
        TestEngine there = endsWithTheTest(new TestEngine("node-b", backend(), limits(50, 100)));
        CountDownLatch elsewhere = new CountDownLatch(1);
        CountDownLatch two = new CountDownLatch(2);
        for (TestEngine engine : List.of(here, there)) {
            child(
                    engine,
                    c -> {
                        if (c.input("n", Long.class) > 100) {
                            two.countDown();
                            return hang(c);
                        } else if (engine == here) {
                            return elsewhere.await(60, TimeUnit.SECONDS);
                        }
                        elsewhere.countDown();
                        return "there";
                    });
            engine.workflow(
                    "all",
                    w ->
                            w.step("each")
                                    .workflow("child")
                                    .forEach("input.list")
                                    .input("n", "${item}"));
        }
        RunDetails run = here.run("all", Map.of("list", List.of(1, 2, 3, 4, 5)));
        assertEquals(RunStatus.COMPLETED, run.status());
        List<?> outputs = (List<?>) run.output("each").orElseThrow();
        assertTrue(outputs.toString(), outputs.contains("there"));

        RunHandle cancelled = there.start("all", Map.of("list", List.of(101, 102)));
        assertTrue(two.await(60, TimeUnit.SECONDS));
        assertTrue(here.manager.cancelWorkflow(cancelled.id(), "enough").accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(cancelled).status());
        Await.until(
                "the children to end",
                () -> runs(here, "child").stream().allMatch(r -> r.status().isFinal()));
    }

    @Test
    public void aWorkflowGivesWhatItSaysItGives() {
        TestEngine engine = engine();
        engine.offer("work", c -> Map.of("a", 1, "b", 2));
        engine.workflow(
                "child",
                w -> {
                    w.step("one").task("work");
                    w.step("two").task("work").after("one");
                    w.output(Map.of("sum", "${one.a + two.b + input.n}"));
                });
        parent(engine);
        RunDetails run = engine.run("parent", Map.of("n", 4));
        assertEquals(Map.of("sum", 7L), run.output("part").orElseThrow());
        engine.workflow(
                "huge",
                w -> {
                    w.step("one").task("work").forEach("input.list");
                    w.output("${input.text + input.text}");
                });
        RunDetails huge =
                engine.run("huge", Map.of("list", List.of(1), "text", "x".repeat(1_100_000)));
        assertEquals(RunStatus.FAILED, huge.status());
        assertTrue(huge.error().orElseThrow(), huge.error().orElseThrow().startsWith("output: "));
    }

    /** A child whose first step cannot even begin has ended when it is created. */
    @Test
    public void aChildThatEndsWithItsCreationIsHeardOf() {
        TestEngine engine = engine();
        engine.workflow("child", w -> w.step("none").task("t").forEach("input.list"));
        parent(engine);
        engine.workflow("empty", w -> w.step("part").workflow("child").input("list", List.of()));
        RunDetails failed = engine.run("parent", Map.of("n", 1));
        assertEquals(RunStatus.FAILED, failed.status());
        assertEquals(RunStatus.COMPLETED, engine.run("child", Map.of("list", List.of())).status());
        RunDetails empty = engine.run("empty", Map.of());
        assertEquals(List.of(), empty.output("part").orElseThrow());
        Await.until("all to leave memory", () -> engine.engine.activeRuns() == 0);
    }
}
