package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.TaskRequest;
import org.junit.Test;

/** Tasks without a workflow, and what callers keep with runs, on whatever store a subclass gives. */
public abstract class TasksAndStateContract extends EnginesOnAStore {

    @Test
    public void severalTasksRunSideBySide() throws Exception {
        TestEngine engine = engine();
        CountDownLatch both = new CountDownLatch(2);
        engine.offer(
                "meet",
                c -> {
                    both.countDown();
                    assertTrue(both.await(20, TimeUnit.SECONDS));
                    return c.input("n", Long.class);
                });
        engine.offer("other", c -> "x");
        RunHandle run =
                engine.tasks.executeParallel(
                        List.of(
                                TaskRequest.of("meet", Map.of("n", 1)),
                                TaskRequest.of("meet", Map.of("n", 2)),
                                TaskRequest.of("other", Map.of())),
                        StartOptions.none());
        RunDetails end = TestEngine.end(run);
        assertEquals(Map.of("task_1", 1L, "task_2", 2L, "task_3", "x"), end.output().orElseThrow());
        assertEquals(
                RunStatus.COMPLETED, engine.tasks.getTaskStatus(run.id()).orElseThrow().status());
        RunHandle one =
                engine.tasks.executeParallel(
                        List.of(TaskRequest.of("other", Map.of())), StartOptions.none());
        assertEquals(Map.of("task_1", "x"), TestEngine.end(one).output().orElseThrow());
        assertThrows(
                IllegalArgumentException.class,
                () -> engine.tasks.executeParallel(List.of(), StartOptions.none()));
        assertEquals(
                "unknown-task",
                assertThrows(
                                RefusedException.class,
                                () ->
                                        engine.tasks.executeParallel(
                                                List.of(TaskRequest.of("none", Map.of())),
                                                StartOptions.none()))
                        .code());
    }

    @Test
    public void aTaskIsTriedAgain() {
        TestEngine engine = engine();
        engine.offer(
                "picky",
                c -> {
                    if (!c.input().containsKey("well")) {
                        throw TaskFailure.permanent("unwell", "no");
                    }
                    return c.idempotencyKey();
                });
        RunHandle run = engine.tasks.executeTask("picky", Map.of(), StartOptions.none());
        assertEquals(RunStatus.FAILED, TestEngine.end(run).status());
        RunHandle again = engine.tasks.retryTask(run.id(), RetryOptions.none().input("well", true));
        assertEquals(run.id() + "/task/0/0", TestEngine.end(again).output().orElseThrow());
        engine.workflow("flow", w -> w.step("a").task("picky"));
        RunDetails flow = engine.run("flow", Map.of());
        assertEquals(Optional.empty(), engine.tasks.getTaskStatus(flow.id()));
        assertEquals(Optional.empty(), engine.tasks.getTaskStatus("nobody"));
        assertEquals(
                "unknown-run",
                assertThrows(
                                RefusedException.class,
                                () -> engine.tasks.retryTask(flow.id(), RetryOptions.none()))
                        .code());
    }

    @Test
    public void valuesAndProgressAreKeptWithARun() {
        String run;
        try (TestEngine engine = engine()) {
            engine.workflow("waits", w -> w.step("a").task("none"));
            run = engine.start("waits", Map.of()).id();
            CommandResult saved =
                    engine.state.saveWorkflowState(
                            run, Map.of("cursor", 17, "list", List.of("x", Map.of("y", true))));
            assertTrue(saved.message(), saved.accepted());
            Map<String, Object> none = new HashMap<>();
            none.put("cursor", null);
            assertTrue(engine.state.saveWorkflowState(run, none).accepted());
            assertTrue(engine.state.updateWorkflowProgress(run, 40, "half way").accepted());
        }
        TestEngine second = engine();
        assertEquals(
                Map.of("list", List.of("x", Map.of("y", true))),
                second.state.loadWorkflowState(run));
        Await.until(
                "the run to wait again",
                () ->
                        second.manager.getWorkflowStatus(run).orElseThrow().status()
                                == RunStatus.WAITING);
        RunDetails details = second.manager.getWorkflowStatus(run).orElseThrow();
        assertEquals(40, details.progress());
        assertEquals("half way", details.message().orElseThrow());
        assertEquals(RunStatus.WAITING, details.status());
        second.offer("none", c -> 1);
        Await.until(
                "the run to end",
                () ->
                        second.manager.getWorkflowStatus(run).orElseThrow().status()
                                == RunStatus.COMPLETED);
        assertEquals(100, second.manager.getWorkflowStatus(run).orElseThrow().progress());
        CommandResult late = second.state.saveWorkflowState(run, Map.of("a", 1));
        assertFalse(late.accepted());
        assertTrue(late.message(), late.message().contains("has ended"));
        assertEquals(1, second.state.loadWorkflowState(run).size());
    }

    @Test
    public void wrongValuesAreRefused() {
        TestEngine engine = engine();
        engine.workflow("waits", w -> w.step("a").task("none"));
        String run = engine.start("waits", Map.of()).id();
        for (Map<String, ?> wrong :
                Arrays.<Map<String, ?>>asList(
                        Map.of("a", new Object()), Map.of("", 1), Map.of("x".repeat(257), 1))) {
            RefusedException refused =
                    assertThrows(
                            RefusedException.class,
                            () -> engine.state.saveWorkflowState(run, wrong));
            assertEquals("input", refused.code());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> engine.state.updateWorkflowProgress(run, 101, ""));
        assertFalse(engine.state.saveWorkflowState("nobody", Map.of("a", 1)).accepted());
        assertEquals(
                "unknown-run",
                assertThrows(RefusedException.class, () -> engine.state.loadWorkflowState("nobody"))
                        .code());
    }
}
