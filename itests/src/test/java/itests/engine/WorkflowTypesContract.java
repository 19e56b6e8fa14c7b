package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

/** The five types of workflows, and runs that may have only so much in flight. */
public abstract class WorkflowTypesContract extends EnginesOnAStore {
    @Test
    public void aBatchHandsItsItemsFromStepToStep() {
        TestEngine engine = engine();
        WorkflowBuilder batch = engine.manager.createWorkflow("numbers", "batch");
        batch.addTask("twice", c -> 2 * c.input("item", Integer.class));
        batch.addTask("next", c -> 1 + c.input("item", Integer.class));
        engine.manager.register(batch);
        RunDetails run = engine.run("numbers", Map.of("items", List.of(1, 2, 3)));
        assertEquals("[3, 5, 7]", run.output("next").orElseThrow().toString());
    }

    @Test
    public void aConditionIsAskedOnceAndKept() {
        TestEngine engine = engine();
        AtomicInteger asked = new AtomicInteger();
        Task large =
                c -> {
                    asked.incrementAndGet();
                    return ((Number) c.input("input", Map.class).get("size")).intValue() > 10;
                };
        WorkflowBuilder order =
                engine.manager.createConditionalWorkflow("order", Map.of("large", large));
        order.addTask("approve", c -> "approved").step("approve").when("large");
        order.addTask("bundle", c -> "bundled").step("bundle").when("!large");
        order.addTask("note", c -> "noted");
        engine.manager.register(order);

        RunDetails run = engine.run("order", Map.of("size", 11));
        assertEquals(true, run.output("large").orElseThrow());
        assertEquals(StepStatus.COMPLETED, ControlFlowContract.status(run, "approve"));
        assertEquals(StepStatus.SKIPPED, ControlFlowContract.status(run, "bundle"));
        assertEquals(StepStatus.COMPLETED, ControlFlowContract.status(run, "note"));
        assertEquals(1, asked.get());
    }

    @Test
    public void aConditionThatIsNeitherTrueNorFalseFailsTheStep() {
        TestEngine engine = engine();
        WorkflowBuilder order =
                engine.manager.createConditionalWorkflow("order", Map.of("large", c -> "perhaps"));
        order.addTask("approve", c -> "approved").step("approve").when("large");
        engine.manager.register(order);
        RunDetails run = engine.run("order", Map.of());
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow(), run.error().orElseThrow().contains("perhaps"));
    }

    @Test
    public void anEventWorkflowGoesOnWhenAllSignalsHaveCome() {
        TestEngine engine = engine();
        WorkflowBuilder order =
                engine.manager.createEventWorkflow("order", "order.paid", "order.packed");
        order.addTask("send", c -> c.output("order_paid", Map.class).orElseThrow().get("sum"));
        order.addTask("tell", c -> "told " + c.output("send", Integer.class).orElseThrow());
        engine.manager.register(order);
        RunHandle run = engine.start("order", Map.of());
        engine.manager.signal(run.id(), "order.paid", Map.of("sum", 12));
        engine.manager.signal(run.id(), "order.packed", Map.of());
        assertEquals("told 12", TestEngine.end(run).output("tell").orElseThrow());
        assertThrows(
                IllegalArgumentException.class,
                () -> engine.manager.createEventWorkflow("nothing"));
    }

    /** Three at a time meet at a barrier: fewer would wait for ever, more would be counted. */
    @Test
    public void aRunHasNoMoreInFlightThanItWasStartedWith() throws Exception {
        TestEngine engine = engine();
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WorkflowBuilder both = engine.manager.createParallelWorkflow("both");
        Task meet =
                c -> {
                    most.accumulateAndGet(within.incrementAndGet(), Math::max);
                    three.await(20, TimeUnit.SECONDS);
                    within.decrementAndGet();
                    three.await(20, TimeUnit.SECONDS);
                    return "met";
                };
        both.addTask("left", meet).step("left").forEach("input.items");
        both.addTask("right", meet).step("right").forEach("input.items");
        both.addTask("one", meet).addTask("two", meet).addTask("three", meet);
        engine.manager.register(both);
        RunHandle run =
                engine.manager.executeParallelWorkflow(
                        "both",
                        Map.of("items", List.of(1, 2, 3, 4, 5, 6)),
                        StartOptions.none(),
                        3,
                        Duration.ofMinutes(1));
        RunDetails end = TestEngine.end(run);
        assertEquals(end.error().toString(), RunStatus.COMPLETED, end.status());
        assertEquals(3, most.get());
    }

    @Test
    public void whatWaitsForRoomInItsRunSaysSoAlsoAfterAPause() throws Exception {
        TestEngine engine = engine();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        WorkflowBuilder two = engine.manager.createParallelWorkflow("two");
        Task body =
                c -> {
                    begun.countDown();
                    return go.await(20, TimeUnit.SECONDS);
                };
        two.addTask("each", body).step("each").forEach("input.items");
        two.addTask("other", body);
        engine.manager.register(two);
        RunHandle run =
                engine.manager.executeParallelWorkflow(
                        "two", Map.of("items", List.of(1, 2)), StartOptions.none(), 1, null);
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        List<String> why =
                engine.state.debugWorkflow(run.id()).why().stream()
                        .map(e -> e.reason().code() + ": " + e.text())
                        .toList();
        assertTrue(
                why.toString(),
                why.contains(
                        "concurrency: 1 step and 1 item wait for room: the run was started with at most 1 attempt in flight at once"));
        engine.manager.pauseWorkflow(run.id());
        go.countDown();
        engine.manager.resumeWorkflow(run.id());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
    }

    @Test
    public void theTimeOfARunCanBeSaidAtItsStart() {
        TestEngine engine = engine();
        WorkflowBuilder slow = engine.manager.createParallelWorkflow("slow");
        slow.step("never").waitFor("never");
        engine.manager.register(slow);
        StartOptions short_ = StartOptions.none().timeout(Duration.ofMillis(200));
        RunDetails run = TestEngine.end(engine.manager.executeWorkflow("slow", Map.of(), short_));
        assertEquals(RunStatus.FAILED, run.status());
        assertTrue(run.error().orElseThrow().startsWith("timeout"));
        RunDetails again =
                TestEngine.end(engine.manager.retryFailedTasks(run.id(), RetryOptions.none()));
        assertTrue("it counts for a rerun", again.error().orElseThrow().startsWith("timeout"));
    }

    @Test
    public void aRunMayHaveAllTheTimeThereIs() {
        TestEngine engine = engine();
        WorkflowBuilder slow = engine.manager.createParallelWorkflow("slow");
        slow.step("never").waitFor("never");
        engine.manager.register(slow);
        RunHandle run =
                engine.manager.executeParallelWorkflow(
                        "slow", Map.of(), StartOptions.none(), 1, ChronoUnit.FOREVER.getDuration());
        CommandResult signalled = engine.manager.signal(run.id(), "never", 1);
        assertTrue(signalled.message(), signalled.accepted());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
    }

    @Test
    public void limitsThatCannotBeAreRefused() {
        StartOptions none = StartOptions.none();
        assertThrows(IllegalArgumentException.class, () -> none.maxConcurrency(0));
        assertThrows(IllegalArgumentException.class, () -> none.maxConcurrency(100_001));
        assertThrows(IllegalArgumentException.class, () -> none.timeout(Duration.ZERO));
    }
}
