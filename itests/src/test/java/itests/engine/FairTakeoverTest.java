package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.After;
import org.junit.Test;

/** What a dead node leaves is shared among those that live, in portions; the store's clock moves when it is told to. */
public class FairTakeoverTest {
    private static final int RUNS = 600;
    private static final int PORTION = 50;
    private static final Duration SHORT = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofDays(1);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final StateBackend store =
            new MemoryStateBackend(() -> Instant.now().plus(ahead.get()), 10_000);
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<TestEngine> nodes = new ArrayList<>();
    private volatile boolean dead;

    private TestEngine node(String name, StateBackend view, Duration lease) {
        EngineLimits d = EngineLimits.defaults();
        EngineLimits roomy =
                new EngineLimits(2 * RUNS, 100, d.taskTimeout(), d.retry(), d.drain(), 10);
        TestEngine node = new TestEngine(view, new EngineSetup(name, lease, 1, roomy));
        nodes.add(node);
        node.offer("wait", c -> go.await(50, TimeUnit.SECONDS));
        node.workflow("w", w -> w.step("only").task("wait"));
        return node;
    }

    /** The store as a survivor sees it: after each portion of what the dead node left it waits for the other one's. */
    private StateBackend inTurns(List<Integer> portions) {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object answer = method.invoke(store, arguments);
                                if (answer instanceof Claims claims) {
                                    await(portions, claims);
                                }
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private void await(List<Integer> portions, Claims claims)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        int taken = (int) claims.runs().stream().filter(ClaimedRun::takenOver).count();
        if (taken > 0) {
            portions.add(taken);
            both.await(50, TimeUnit.SECONDS);
        }
    }

    @After
    public void close() {
        go.countDown();
        nodes.forEach(TestEngine::close);
    }

    @Test(timeout = 120_000)
    public void theSurvivorsTakeAFairPartEach() throws Exception {
        StateBackend dying =
                FaultyStore.of(
                        store,
                        (method, arguments) -> {
                            if (dead) {
                                throw new StateUnavailableException("this node is dead", null);
                            }
                        });
        TestEngine first = node("first", dying, SHORT);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            RunHandle run = first.start("w", Map.of());
            runs.add(run.id());
        }
        List<Integer> second = new ArrayList<>();
        List<Integer> third = new ArrayList<>();
        TestEngine b = node("second", inTurns(second), LONG);
        TestEngine c = node("third", inTurns(third), LONG);
        dead = true;
        ahead.set(SHORT.plus(SHORT));
        Await.until(
                "all to be taken over",
                () -> b.engine.activeRuns() + c.engine.activeRuns() == RUNS);
        assertEquals(RUNS / 2, b.engine.activeRuns());
        assertEquals(RUNS / 2, c.engine.activeRuns());
        go.countDown();
        Await.until(
                "all to end",
                () -> store.count().getOrDefault(RunStatus.COMPLETED, 0L) == runs.size());
        assertEquals(RUNS / PORTION / 2, second.size());
        assertTrue(second + " and " + third, second.stream().allMatch(n -> n == PORTION));
        assertEquals(second, third);
    }
}
