package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.After;
import org.junit.Test;

/**
 * Two nodes on one store, with leases so long that no test could wait for one: what they know of each other they know
 * from their looks at the store.
 */
public class SeveralNodesTest {
    private static final Duration LEASE = Duration.ofHours(1);

    private final StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);
    private final List<TestEngine> nodes = new ArrayList<>();
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private TestEngine node(String name) {
        TestEngine node =
                new TestEngine(store, new EngineSetup(name, LEASE, 2, EngineLimits.defaults()));
        nodes.add(node);
        node.offer(
                "t",
                c -> {
                    began.countDown();
                    return go.await(50, TimeUnit.SECONDS);
                });
        node.workflow(
                "w",
                w -> {
                    w.step("a").task("t");
                    w.step("b").task("t").after("a");
                });
        return node;
    }

    @After
    public void close() {
        go.countDown();
        nodes.forEach(TestEngine::close);
    }

    private RunStatus status(String run) {
        return store.summaries(List.of(run)).get(0).status();
    }

    @Test(timeout = 60_000)
    public void aCommandFromAnotherNodeReachesTheRun() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        RunHandle handle = a.start("w", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        assertTrue(b.manager.pauseWorkflow(handle.id()).accepted());
        Await.until("the run to be paused", () -> status(handle.id()) == RunStatus.PAUSED);
        assertTrue(b.manager.cancelWorkflow(handle.id(), "enough").accepted());
        assertEquals(RunStatus.CANCELLED, TestEngine.end(handle).status());
    }

    @Test(timeout = 60_000)
    public void toGoOnIsRefusedOnEveryNodeIfTheRunIsNotHeld() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        RunHandle handle = a.start("w", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        CommandResult there = b.manager.resumeWorkflow(handle.id());
        assertFalse(there.message(), there.accepted());
        assertEquals(a.manager.resumeWorkflow(handle.id()), there);
        assertTrue(b.manager.pauseWorkflow(handle.id()).accepted());
        CommandResult resumed = b.manager.resumeWorkflow(handle.id());
        assertEquals(new CommandResult(true, "Run " + handle.id() + " is resumed"), resumed);
    }

    /** Who sends the same to several runs may name it by the same id. */
    @Test(timeout = 60_000)
    public void twoRunsThatAreSentOneSignalAnswerForThemselves() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        for (String waits : List.of("s", "other")) {
            a.workflow(
                    waits,
                    w -> {
                        w.step("a").task("t");
                        w.step("b").waitFor(waits).after("a");
                    });
        }
        String waits = a.start("s", Map.of()).id();
        String doesNot = a.start("other", Map.of()).id();
        assertTrue(began.await(20, TimeUnit.SECONDS));
        CompletableFuture<CommandResult> taken =
                CompletableFuture.supplyAsync(() -> b.manager.signal(waits, "s", 1, "one"));
        CommandResult refused = b.manager.signal(doesNot, "s", 1, "one");
        assertFalse(refused.message(), refused.accepted());
        assertEquals(
                new CommandResult(true, "Run " + waits + " has the signal 's'"),
                taken.get(50, TimeUnit.SECONDS));
        assertEquals(refused, b.manager.signal(doesNot, "s", 1, "one"));
    }

    @Test(timeout = 60_000)
    public void whatARunFollowedBeforeItEndedIsNotSaidToHaveComeTooLate() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        String run = a.start("w", Map.of()).id();
        assertTrue(began.await(20, TimeUnit.SECONDS));
        CompletableFuture<String> answer = new CompletableFuture<>();
        b.engine.post(run, new Command.SaveState(Map.of("x", Payload.ofTree("1"))), answer);
        Await.until("the values to be kept", () -> hasSaved(run));
        go.countDown();
        assertEquals(RunStatus.COMPLETED, a.engine.result(run).get(50, TimeUnit.SECONDS).status());
        assertEquals("", answer.get(50, TimeUnit.SECONDS));
    }

    private boolean hasSaved(String run) {
        return store.journal(run, 1, 100).stream().anyMatch(e -> e.type().equals("StateSaved"));
    }

    @Test(timeout = 60_000)
    public void theEndOfARunIsKnownOnTheOtherNode() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        RunHandle handle = a.start("w", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        var result = b.engine.result(handle.id());
        go.countDown();
        assertEquals(RunStatus.COMPLETED, result.get(50, TimeUnit.SECONDS).status());
    }

    @Test(timeout = 60_000)
    public void aNodeThatLeavesHandsItsRunsOver() throws Exception {
        TestEngine a = node("a");
        TestEngine b = node("b");
        RunHandle handle = a.start("w", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        go.countDown();
        a.close();
        assertEquals(
                RunStatus.COMPLETED,
                b.engine.result(handle.id()).get(50, TimeUnit.SECONDS).status());
    }

    /** What one node has no room for is begun by the other, though nobody tells it. */
    @Test(timeout = 60_000)
    public void whatANodeHasNoRoomForIsBegunByTheOther() throws Exception {
        TestEngine a = node("a");
        EngineLimits d = EngineLimits.defaults();
        a.engine.limits(
                new EngineLimits(1, 1, d.taskTimeout(), d.retry(), d.drain(), d.logLines()));
        a.start("w", Map.of());
        assertTrue(began.await(20, TimeUnit.SECONDS));
        TestEngine b = node("b");
        RunHandle second = a.start("w", Map.of());
        Await.until("the run to begin", () -> status(second.id()) == RunStatus.RUNNING);
        assertEquals(1, b.engine.activeRuns());
        go.countDown();
        assertEquals(RunStatus.COMPLETED, TestEngine.end(second).status());
    }
}
