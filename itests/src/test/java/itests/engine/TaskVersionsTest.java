package itests.engine;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.Test;

/** Two nodes on one store with different versions of a task. */
public class TaskVersionsTest {
    private final StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);

    private TestEngine node(String name) {
        Duration lease = Duration.ofSeconds(3);
        return new TestEngine(store, new EngineSetup(name, lease, 2, EngineLimits.defaults()));
    }

    /** The other node has what the run needs, but has never heard of its workflow. */
    @Test(timeout = 60_000)
    public void aRunGoesOnWhereAVersionIsThatItAsksFor() throws Exception {
        try (TestEngine other = node("other");
                TestEngine starting = node("starting")) {
            other.offer("x", "1.5.0", c -> "by 1.5.0");
            starting.offer("x", "2.0.0", c -> "by 2.0.0");
            starting.workflow("w", w -> w.step("a").task("x@[1,2)"));
            RunHandle handle = starting.start("w", Map.of());
            RunDetails ended = TestEngine.end(handle);
            assertEquals(RunStatus.COMPLETED, ended.status());
            assertEquals("by 1.5.0", ended.output().orElseThrow());
        }
    }

    /** A version that keeps failing is withdrawn, and the run falls back to the one beside it. */
    @Test(timeout = 60_000)
    public void aRunFallsBackWhenAVersionThatFailsIsWithdrawn() throws Exception {
        try (TestEngine node = node("a")) {
            node.offer("x", "1.0.0", c -> "by 1.0.0");
            var failing =
                    node.offer(
                            "x",
                            "1.1.0",
                            c -> {
                                throw new IllegalStateException("not yet");
                            });
            node.workflow("w", w -> w.step("a").task("x").retry(100, Duration.ofMillis(20)));
            RunHandle handle = node.start("w", Map.of());
            Await.until(
                    "the newest version to be tried",
                    () ->
                            node.manager
                                            .getWorkflowStatus(handle.id())
                                            .orElseThrow()
                                            .steps()
                                            .get(0)
                                            .attempts()
                                    > 2);
            node.withdraw(failing);
            assertEquals("by 1.0.0", TestEngine.end(handle).output().orElseThrow());
        }
    }
}
