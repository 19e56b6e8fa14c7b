package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.MigrateOptions;
import orchestrator.api.run.Migration;
import orchestrator.api.run.Page;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepChange;
import org.junit.Test;

/** What operators do with runs, on whatever store a subclass gives. */
public abstract class OperationsContract extends EnginesOnAStore {
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();

    /** Three steps: the second fails unless its input says that it is well. */
    private TestEngine broken() {
        TestEngine engine = engine();
        engine.offer(
                "work",
                c -> {
                    keys.add(c.idempotencyKey());
                    if (c.input().containsKey("well") && c.input().get("well") != Boolean.TRUE) {
                        throw TaskFailure.permanent("broken", "it broke");
                    }
                    return c.input();
                });
        engine.workflow(
                "three",
                w -> {
                    w.step("first").task("work").input("n", "${input.n}");
                    w.step("second").task("work").after("first").input("well", "${input.well}");
                    w.step("third").task("work").after("second").input("n", "${first.n}");
                });
        return engine;
    }

    private static RunDetails failed(TestEngine engine) {
        RunDetails run = engine.run("three", Map.of("n", 1, "well", false));
        assertEquals(RunStatus.FAILED, run.status());
        return run;
    }

    @Test
    public void aRunIsTriedAgainFromItsFailedSteps() {
        TestEngine engine = broken();
        RunDetails failed = failed(engine);
        keys.clear();
        RunHandle again =
                engine.manager.retryFailedTasks(
                        failed.id(), RetryOptions.none().input("well", true));
        RunDetails end = TestEngine.end(again);
        assertEquals(end.error().toString(), RunStatus.COMPLETED, end.status());
        assertEquals(failed.id(), end.origin().orElseThrow());
        assertEquals(Map.of("n", 1L), end.output("third").orElseThrow());
        assertEquals(0, end.steps().get(0).attempts());
        assertEquals(
                List.of(failed.id() + "/second/0/0", failed.id() + "/third/0/0"),
                List.copyOf(keys));
    }

    @Test
    public void theInputOfAStepIsChangedForThatStepOnly() {
        TestEngine engine = broken();
        RunDetails failed = failed(engine);
        RunHandle again =
                engine.manager.retryFailedTasks(
                        failed.id(),
                        RetryOptions.none()
                                .stepInput("second", "well", true)
                                .stepInput("second", "more", List.of(1)));
        RunDetails end = TestEngine.end(again);
        assertEquals(RunStatus.COMPLETED, end.status());
        assertEquals(Map.of("well", true, "more", List.of(1L)), end.output("second").orElseThrow());
        assertEquals(false, end.input().get("well"));
    }

    @Test
    public void aRunIsTriedAgainOnceAndItsRerunInItsTurn() {
        TestEngine engine = broken();
        RunDetails failed = failed(engine);
        RunHandle again = engine.manager.retryFailedTasks(failed.id(), RetryOptions.none());
        assertEquals(RunStatus.FAILED, TestEngine.end(again).status());
        assertEquals(
                again.id(), engine.manager.retryFailedTasks(failed.id(), RetryOptions.none()).id());
        RetryOptions healed = RetryOptions.none().input("well", true);
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> engine.manager.retryFailedTasks(failed.id(), healed));
        assertEquals("start-key", refused.code());
        assertTrue(refused.getMessage(), refused.getMessage().endsWith(again.id()));
        keys.clear();
        RunHandle third = engine.manager.retryFailedTasks(again.id(), healed);
        assertNotEquals(again.id(), third.id());
        RunDetails end = TestEngine.end(third);
        assertEquals(RunStatus.COMPLETED, end.status());
        assertEquals(again.id(), end.origin().orElseThrow());
        assertTrue(keys.toString(), keys.contains(failed.id() + "/second/0/0"));
    }

    @Test
    public void wrongRetriesAreRefusedWithOneMessage() {
        TestEngine engine = broken();
        RunDetails failed = failed(engine);
        refused("unknown-run", engine, "nobody", RetryOptions.none(), "there is no run 'nobody'");
        refused(
                "input",
                engine,
                failed.id(),
                RetryOptions.none().stepInput("first", "n", 2),
                "'first' has finished and its result is kept");
        refused(
                "input",
                engine,
                failed.id(),
                RetryOptions.none().stepInput("fourth", "n", 2),
                "Expected one of the steps first, second, third, but found 'fourth'");
        RunDetails done = engine.run("three", Map.of("n", 1, "well", true));
        refused("not-failed", engine, done.id(), RetryOptions.none(), "this one has completed");
    }

    private static void refused(
            String code, TestEngine engine, String run, RetryOptions options, String part) {
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> engine.manager.retryFailedTasks(run, options));
        assertEquals(code, refused.code());
        assertTrue(refused.getMessage(), refused.getMessage().contains(part));
    }

    @Test
    public void ofAFanOutTheFailedItemsAreTriedAgain() throws Exception {
        TestEngine engine = engine();
        Queue<Long> items = new ConcurrentLinkedQueue<>();
        CountDownLatch others = new CountDownLatch(3);
        engine.offer(
                "item",
                c -> {
                    long n = c.input("n", Long.class);
                    items.add(n);
                    if (n == c.input("bad", Long.class)) {
                        assertTrue(others.await(20, TimeUnit.SECONDS));
                        throw TaskFailure.permanent("broken", "it broke");
                    }
                    others.countDown();
                    return n * n;
                });
        engine.workflow(
                "fan",
                w ->
                        w.step("each")
                                .task("item")
                                .forEach("[1, 2, 3, 4]")
                                .failedItems(orchestrator.api.FailedItems.CONTINUE)
                                .input("n", "${item}")
                                .input("bad", "${input.bad}"));
        RunDetails run = engine.run("fan", Map.of("bad", 2));
        assertEquals(1, run.steps().get(0).itemsFailed());
        items.clear();
        RunHandle again =
                engine.manager.retryFailedTasks(
                        run.id(), RetryOptions.none().stepInput("each", "bad", 0));
        RunDetails end = TestEngine.end(again);
        assertEquals(List.of(1L, 4L, 9L, 16L), end.output("each").orElseThrow());
        assertEquals(List.of(2L), List.copyOf(items));
    }

    private static void versions(TestEngine engine) {
        engine.workflow(
                "slow",
                w -> {
                    w.step("first").task("work").input("n", 1);
                    w.step("second").task("wrok").after("first");
                });
    }

    private static void newVersion(TestEngine engine) {
        engine.workflow(
                "slow",
                w -> {
                    w.version("2.0.0");
                    w.step("first").task("work").input("n", 1);
                    w.step("second").task("work").after("first").input("n", "${first.n}");
                    w.step("third").task("work").after("second").input("n", "${second.n}");
                });
    }

    private static void awaitWaiting(TestEngine engine, String run) {
        Await.until(
                "the run to wait",
                () ->
                        engine.manager.getWorkflowStatus(run).orElseThrow().status()
                                == RunStatus.WAITING);
    }

    @Test
    public void aRunGoesOnWithANewerDefinition() {
        TestEngine engine = broken();
        versions(engine);
        RunHandle run = engine.start("slow", Map.of());
        awaitWaiting(engine, run.id());
        newVersion(engine);
        Migration dry = engine.manager.migrateWorkflow(run.id(), MigrateOptions.none().dryRun());
        assertEquals(List.of(), dry.refusals());
        assertFalse(dry.isDone());
        assertEquals("2.0.0", dry.to());
        assertEquals(
                "second CHANGED WAITING",
                dry.changes().get(0).step()
                        + " "
                        + dry.changes().get(0).kind()
                        + " "
                        + dry.changes().get(0).status());
        assertEquals(StepChange.Kind.ADDED, dry.changes().get(1).kind());
        assertEquals("1.0.0", engine.manager.getWorkflowStatus(run.id()).orElseThrow().version());
        Migration done = engine.manager.migrateWorkflow(run.id(), MigrateOptions.none());
        assertTrue(done.refusals().toString(), done.isDone());
        RunDetails end = TestEngine.end(run);
        assertEquals(RunStatus.COMPLETED, end.status());
        assertEquals("2.0.0", end.version());
        assertEquals(Map.of("n", 1L), end.output("third").orElseThrow());
        assertEquals("2.0.0", engine.state.find(RunFilter.all()).items().get(0).version());
        Migration late = engine.manager.migrateWorkflow(run.id(), MigrateOptions.none());
        assertEquals(
                List.of("Expected a run that goes on, but it has ended as COMPLETED"),
                late.refusals());
    }

    @Test
    public void aMigratedRunIsReadBackByAnotherNode() {
        RunHandle run;
        try (TestEngine first = broken()) {
            versions(first);
            newVersionWithoutTask(first);
            run = first.start("slow", Map.of());
            awaitWaiting(first, run.id());
            assertTrue(
                    first.manager
                            .migrateWorkflow(run.id(), MigrateOptions.none().to("3.0.0"))
                            .isDone());
            awaitWaiting(first, run.id());
        }
        TestEngine second = broken();
        second.offer("later", c -> "there");
        assertEquals(
                "there",
                second.engine
                        .result(run.id())
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join()
                        .output("second")
                        .orElseThrow());
        expectClean(second);
    }

    private static void newVersionWithoutTask(TestEngine engine) {
        engine.workflow(
                "slow",
                w -> {
                    w.version("3.0.0");
                    w.step("first").task("work").input("n", 1);
                    w.step("second").task("later").after("first");
                });
        engine.workflow(
                "slow",
                w -> {
                    w.version("4.0.0");
                    w.step("first").task("work").input("n", 1);
                    w.step("second").task("wrok").after("first");
                });
    }

    private static void expectClean(TestEngine engine) {
        List<String> found = new java.util.ArrayList<>();
        engine.maintenance.validateStateConsistency(f -> found.add(f.message()), n -> {});
        assertEquals(List.of(), found);
    }

    @Test
    public void anAttemptInProgressIsMadeAgainAsTheNewDefinitionSays() throws Exception {
        TestEngine engine = engine();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        engine.offer(
                "hang",
                c -> {
                    c.onCancel(cancelled::countDown);
                    began.countDown();
                    return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
                });
        engine.offer("quick", c -> c.attempt());
        engine.workflow("one", w -> w.step("only").task("hang"));
        RunHandle run = engine.start("one", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        engine.workflow(
                "one",
                w -> {
                    w.version("2.0.0");
                    w.step("another").task("quick"); // so that places change
                    w.step("only").task("quick");
                });
        assertTrue(engine.manager.migrateWorkflow(run.id(), MigrateOptions.none()).isDone());
        assertTrue(cancelled.await(20, TimeUnit.SECONDS));
        RunDetails end = TestEngine.end(run);
        assertEquals(2L, end.output("only").orElseThrow());
        assertEquals(1L, end.output("another").orElseThrow());
    }

    @Test
    public void whatStandsAgainstAMigrationIsSaid() {
        TestEngine engine = broken();
        versions(engine);
        RunHandle run = engine.start("slow", Map.of());
        awaitWaiting(engine, run.id());
        engine.workflow(
                "slow",
                w -> {
                    w.version("5.0.0");
                    w.step("first").task("work").input("n", 2);
                });
        Migration refused = engine.manager.migrateWorkflow(run.id(), MigrateOptions.none());
        assertFalse(refused.isDone());
        assertTrue(
                refused.refusals().toString(),
                refused.refusals()
                        .get(0)
                        .startsWith(
                                "Expected finished steps as they are, but step 'first' (COMPLETED) differs"));
        RefusedException unknown =
                assertThrows(
                        RefusedException.class,
                        () ->
                                engine.manager.migrateWorkflow(
                                        run.id(), MigrateOptions.none().to("9")));
        assertEquals(
                "Expected version 9 of workflow 'slow', but there is none; there are: 5.0.0, 1.0.0",
                unknown.getMessage());
        engine.offer("wrok", c -> 1);
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
    }

    /** A rerun that waits in the queue keeps what it was given. */
    @Test
    public void aRerunSurvivesTheNodeThatTookIt() {
        RunDetails failed;
        try (TestEngine first = broken()) {
            failed = failed(first);
        }
        TestEngine second = broken();
        RunHandle again =
                second.manager.retryFailedTasks(
                        failed.id(), RetryOptions.none().stepInput("second", "well", true));
        assertEquals(RunStatus.COMPLETED, TestEngine.end(again).status());
    }

    @Test
    public void runsAreFoundByLabelTimeAndText() {
        TestEngine engine = broken();
        List<RunInfo> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StartOptions labelled =
                    StartOptions.none()
                            .label("team", i % 2 == 0 ? "Blue" : "red")
                            .label("n", "" + i);
            TestEngine.end(
                    engine.manager.executeWorkflow(
                            "three", Map.of("n", i, "well", i < 3), labelled));
        }
        all.addAll(engine.state.find(RunFilter.all()).items());
        assertEquals(List.of("5", "4", "3", "2", "1", "0"), numbers(all));
        RunFilter blue = RunFilter.all().label("team", "Blue");
        assertEquals(List.of("4", "2", "0"), numbers(engine.state.find(blue).items()));
        assertEquals(List.of("2"), numbers(engine.state.find(blue.label("n", "2")).items()));
        assertEquals(
                List.of("4", "2"),
                numbers(engine.state.find(blue.createdSince(all.get(3).created())).items()));
        assertEquals(
                List.of("2", "0"),
                numbers(engine.state.find(blue.createdBefore(all.get(1).created())).items()));
        assertEquals(
                List.of("5", "4", "3"),
                numbers(engine.state.find(RunFilter.all().text("IT BROKE")).items()));
        assertEquals(
                List.of("4", "2", "0"),
                numbers(engine.state.find(RunFilter.all().text("team=blue")).items()));
        expectPages(engine, RunFilter.all().text("three").createdSince(all.get(4).created()));
        expectPages(engine, blue.createdBefore(all.get(0).created()));
    }

    /** Pages of one run hold what one page of all holds. */
    private static void expectPages(TestEngine engine, RunFilter filter) {
        List<String> expected = numbers(engine.state.find(filter).items());
        List<String> found = new ArrayList<>();
        Page<RunInfo> page = engine.state.find(filter.limit(1));
        found.addAll(numbers(page.items()));
        while (page.next().isPresent()) {
            page = engine.state.find(filter.limit(1).after(page.next().get()));
            found.addAll(numbers(page.items()));
        }
        assertEquals(expected, found);
        assertEquals(1, page.items().size());
    }

    private static List<String> numbers(List<RunInfo> runs) {
        return runs.stream().map(run -> run.labels().get("n")).toList();
    }
}
