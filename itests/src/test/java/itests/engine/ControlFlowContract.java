package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
import orchestrator.api.Task;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

/** The constructs of a workflow's graph, as the engine runs them on whatever store a subclass gives. */
public abstract class ControlFlowContract extends EnginesOnAStore {
    static final Task ECHO = context -> context.input();

    static StepInfo step(RunDetails run, String name) {
        return run.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    static StepStatus status(RunDetails run, String name) {
        return step(run, name).status();
    }

    @Test
    public void aFalseConditionSkipsAStepAndWhatComesAfterItAlone() {
        TestEngine engine = engine();
        engine.offer("echo", ECHO);
        engine.workflow(
                "review",
                w -> {
                    w.step("validate").task("echo").input("score", "${input.score}");
                    w.step("review").task("echo").after("validate").when("validate.score < 0.8");
                    w.step("note").task("echo").after("review");
                    w.step("publish")
                            .task("echo")
                            .after("validate", "review")
                            .input("review", "${review}")
                            .input("note", "${review?.comment}");
                });
        RunDetails good = engine.run("review", Map.of("score", 0.9));
        assertEquals(RunStatus.COMPLETED, good.status());
        assertEquals(StepStatus.SKIPPED, status(good, "review"));
        assertEquals("condition", step(good, "review").reason().orElseThrow().code());
        assertEquals("validate.score < 0.8", step(good, "review").reason().orElseThrow().subject());
        assertEquals(StepStatus.SKIPPED, status(good, "note"));
        assertEquals("skipped", step(good, "note").reason().orElseThrow().code());
        assertEquals(Optional.empty(), good.output("review"));
        assertEquals(0, step(good, "review").attempts());
        Map<?, ?> published = (Map<?, ?>) good.output("publish").orElseThrow();
        assertEquals(null, published.get("review"));
        assertEquals(null, published.get("note"));

        RunDetails bad = engine.run("review", Map.of("score", 0.5));
        assertEquals(StepStatus.COMPLETED, status(bad, "review"));
        assertEquals(StepStatus.COMPLETED, status(bad, "note"));
    }

    @Test
    public void anyBeginsWhileTheOthersAreStillAtWork() throws Exception {
        TestEngine engine = engine();
        CountDownLatch begun = new CountDownLatch(1);
        engine.offer("echo", ECHO);
        engine.offer("slow", c -> begun.await(20, TimeUnit.SECONDS));
        engine.offer(
                "first",
                c -> {
                    boolean known = c.output("slow", Boolean.class).isPresent();
                    begun.countDown();
                    return known;
                });
        engine.workflow(
                "race",
                w -> {
                    w.step("slow").task("slow");
                    w.step("fast").task("echo");
                    w.step("first").task("first").after("slow", "fast").join(Join.ANY);
                    w.step("both").task("echo").after("slow", "fast").join(2);
                });
        RunDetails run = engine.run("race", Map.of());
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(false, run.output("first").orElseThrow());
        assertEquals(true, run.output("slow").orElseThrow());
        assertTrue(run.steps().stream().allMatch(s -> s.status() == StepStatus.COMPLETED));
        assertEquals(List.of(1, 1, 1, 1), run.steps().stream().map(StepInfo::attempts).toList());
    }

    /** A task that fails for good, with what its input says. */
    private static final Task FAIL =
            context -> {
                throw TaskFailure.permanent("no", context.input("why", String.class));
            };

    @Test
    public void aRunThatFailsDoesFirstWhatIsToBeDoneWhateverHappens() throws Exception {
        TestEngine engine = engine();
        List<String> told = new CopyOnWriteArrayList<>();
        CountDownLatch inBody = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        engine.offer(
                "fail",
                c -> {
                    assertTrue(inBody.await(20, TimeUnit.SECONDS));
                    return FAIL.execute(c);
                });
        engine.offer(
                "slow",
                c -> {
                    inBody.countDown();
                    try {
                        return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                });
        engine.offer(
                "tell",
                c -> {
                    assertTrue(interrupted.await(20, TimeUnit.SECONDS));
                    told.add(c.step() + ": " + c.input("what", String.class));
                    return null;
                });
        engine.workflow(
                "cleaning",
                w -> {
                    w.step("work").task("fail").input("why", "broken");
                    w.step("other").task("slow");
                    w.step("then").task("tell").after("work");
                    w.step("clean")
                            .task("tell")
                            .after("then", "other")
                            .join(Join.ALL_DONE)
                            .input("what", "${run.error.code}");
                    w.onFailure().task("tell").input("what", "${run.error.message}");
                });
        RunDetails run = engine.run("cleaning", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals("no: step 'work': broken", run.error().orElseThrow());
        assertEquals(List.of("clean: no", "onFailure: step 'work': broken"), told);
        assertEquals(StepStatus.CANCELLED, status(run, "other"));
        assertEquals(StepStatus.CANCELLED, status(run, "then"));
        assertEquals(StepStatus.COMPLETED, status(run, "clean"));
        assertEquals(StepStatus.COMPLETED, status(run, "onFailure"));
    }

    @Test
    public void aRunGoesOnAfterAStepThatMayFail() {
        TestEngine engine = engine();
        engine.offer("fail", FAIL);
        engine.offer("echo", ECHO);
        engine.workflow(
                "lenient",
                w -> {
                    w.step("work")
                            .task("fail")
                            .input("why", "broken")
                            .onFailure(OnFailure.CONTINUE);
                    w.step("mend")
                            .task("echo")
                            .after("work")
                            .when("not empty(work?.error)")
                            .input("what", "${work.error.message}");
                    w.onFailure().task("echo");
                });
        RunDetails run = engine.run("lenient", Map.of());
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(StepStatus.FAILED, status(run, "work"));
        assertEquals(Map.of("what", "broken"), run.output("mend").orElseThrow());
        assertEquals(List.of("work", "mend"), run.steps().stream().map(StepInfo::name).toList());
    }

    @Test
    public void aRunThatFailsEndsTheRunsThatItHasGivenUpAtOnce() {
        TestEngine engine = engine();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        engine.offer(
                "slow",
                c -> {
                    c.onCancel(ended::countDown);
                    begun.countDown();
                    return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                });
        engine.offer(
                "fail",
                c -> {
                    assertTrue(begun.await(20, TimeUnit.SECONDS));
                    return FAIL.execute(c);
                });
        engine.offer("wait", c -> ended.await(20, TimeUnit.SECONDS));
        engine.workflow("child", w -> w.step("a").task("slow"));
        engine.workflow(
                "parent",
                w -> {
                    w.step("part").workflow("child");
                    w.step("work").task("fail").input("why", "broken");
                    w.onFailure().task("wait");
                });
        RunDetails run = engine.run("parent", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals(StepStatus.CANCELLED, status(run, "part"));
        assertEquals(true, run.output("onFailure").orElseThrow());
    }

    @Test
    public void someFailedItemsAreTolerated() {
        TestEngine engine = engine();
        engine.offer(
                "odd",
                c -> {
                    if (c.input("n", Long.class) % 2 == 0) {
                        throw TaskFailure.permanent("even", "even");
                    }
                    return 1;
                });
        engine.workflow(
                "half",
                w ->
                        w.step("each")
                                .task("odd")
                                .forEach("input.list")
                                .failedItemsAtMostPercent(50)
                                .input("n", "${item}"));
        RunDetails half = engine.run("half", Map.of("list", List.of(1, 2, 3, 4)));
        assertEquals(RunStatus.COMPLETED, half.status());
        assertEquals(2, half.steps().get(0).itemsFailed());
        RunDetails more = engine.run("half", Map.of("list", List.of(1, 2, 3, 4, 6)));
        assertEquals(RunStatus.FAILED, more.status());
    }

    @Test
    public void aStepRunsAgainUntilItsConditionHolds() {
        TestEngine engine = engine();
        List<String> keys = new CopyOnWriteArrayList<>();
        engine.offer(
                "count",
                c -> {
                    keys.add(c.idempotencyKey());
                    Long last = c.input("last", Long.class);
                    return Map.of("n", last == null ? 1 : last + 1);
                });
        engine.workflow(
                "counting",
                w ->
                        w.step("count")
                                .task("count")
                                .input("last", "${count?.n}")
                                .repeat("count.n >= 3", 5, Duration.ofMillis(1)));
        RunDetails run = engine.run("counting", Map.of());
        assertEquals(RunStatus.COMPLETED, run.status());
        assertEquals(Map.of("n", 3L), run.output("count").orElseThrow());
        assertEquals(
                List.of(run.id() + "/count/0/0", run.id() + "/count/1/0", run.id() + "/count/2/0"),
                keys);
        assertEquals(
                2,
                engine.state.getWorkflowHistory(run.id(), 1, 100).stream()
                        .filter(entry -> entry.type().equals("IterationCompleted"))
                        .count());
    }

    @Test
    public void aWorkflowRepeatsUntilItsConditionHolds() {
        TestEngine engine = engine();
        engine.offer("add", c -> c.input("n", Long.class) + 1);
        engine.workflow("part", w -> w.step("add").task("add").input("n", "${input.n}"));
        engine.workflow(
                "whole",
                w ->
                        w.step("part")
                                .workflow("part")
                                .input("n", "${part == null ? 0 : part}")
                                .repeat("part == 4", 9));
        RunDetails run = engine.run("whole", Map.of());
        assertEquals(4L, run.output("part").orElseThrow());
        assertEquals(4, run.steps().get(0).attempts());
    }

    /** Two steps that can be undone, and one that comes after them. */
    private static void saga(TestEngine engine, List<String> undone, Task last) {
        engine.offer("echo", ECHO);
        engine.offer("last", last);
        engine.offer(
                "undo",
                c -> {
                    Map<?, ?> given = c.input("input", Map.class);
                    Map<?, ?> output = c.input("output", Map.class);
                    assertEquals(given, output);
                    undone.add(c.step() + " " + output.get("n") + " " + c.idempotencyKey());
                    return null;
                });
        engine.workflow(
                "saga",
                w -> {
                    w.step("reserve").task("echo").input("n", 1).compensate("undo");
                    w.step("charge")
                            .task("echo")
                            .after("reserve")
                            .input("n", "${reserve.n + 1}")
                            .compensate("undo");
                    w.step("ship").task("last").after("charge");
                });
    }

    private static List<String> bothUndone(String run) {
        return List.of(
                "charge.compensate 2 " + run + "/charge.compensate/0/0",
                "reserve.compensate 1 " + run + "/reserve.compensate/0/0");
    }

    @Test
    public void aRunThatFailsUndoesItsCompletedSteps() {
        TestEngine engine = engine();
        List<String> undone = new CopyOnWriteArrayList<>();
        saga(
                engine,
                undone,
                c -> {
                    throw TaskFailure.permanent("no", "broken");
                });
        RunDetails run = engine.run("saga", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertEquals("no: step 'ship': broken", run.error().orElseThrow());
        assertEquals(bothUndone(run.id()), undone);
        assertEquals(StepStatus.COMPENSATED, status(run, "reserve"));
        assertEquals(StepStatus.COMPENSATED, status(run, "charge"));
        assertEquals(
                List.of("reserve", "charge", "ship", "reserve.compensate", "charge.compensate"),
                run.steps().stream().map(StepInfo::name).toList());
    }

    @Test
    public void aCancelledRunIsUndoneOnRequestAndItsChildrenWithIt() throws Exception {
        TestEngine engine = engine();
        List<String> undone = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch childUndone = new CountDownLatch(1);
        saga(
                engine,
                undone,
                c -> {
                    begun.countDown();
                    return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                });
        engine.offer(
                "free",
                c -> {
                    assertTrue(childUndone.await(20, TimeUnit.SECONDS));
                    return null;
                });
        engine.workflow(
                "outer",
                w -> {
                    w.step("lock").task("echo").compensate("free");
                    w.step("part").workflow("saga").after("lock");
                });
        RunHandle handle = engine.start("outer", Map.of());
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        assertTrue(engine.manager.cancelWorkflow(handle.id(), "enough", true).accepted());
        String child = child(engine, handle.id());
        Await.until(
                "the child is undone",
                () ->
                        engine.manager.getWorkflowStatus(child).orElseThrow().status()
                                == RunStatus.CANCELLED);
        assertEquals(bothUndone(child), undone);
        RunDetails meanwhile = engine.manager.getWorkflowStatus(handle.id()).orElseThrow();
        assertEquals(RunStatus.RUNNING, meanwhile.status());
        assertEquals("compensating", meanwhile.reason().orElseThrow().code());
        assertEquals("lock", meanwhile.reason().orElseThrow().subject());
        childUndone.countDown();
        RunDetails run = TestEngine.end(handle);
        assertEquals(RunStatus.CANCELLED, run.status());
        assertEquals("enough", run.error().orElseThrow());
        assertEquals(StepStatus.COMPENSATED, status(run, "lock"));
        assertEquals(StepStatus.CANCELLED, status(run, "part"));
    }

    private static String child(TestEngine engine, String parent) {
        return engine.state.find(RunFilter.all().childrenOf(parent)).items().get(0).id();
    }
}
