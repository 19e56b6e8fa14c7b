package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.Repair;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.Test;

/** The care of a store in the heap, and of one that cannot be looked into. */
public class MaintenanceOnMemoryTest {
    private final MemoryStateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);

    private static RunDetails run(TestEngine engine) {
        engine.offer("echo", context -> context.input());
        engine.workflow("done", w -> w.step("only").task("echo"));
        return engine.run("done", Map.of());
    }

    @Test(timeout = 60_000)
    public void aStoreInTheHeapIsLookedInto() {
        try (TestEngine engine = new TestEngine(store)) {
            RunDetails run = run(engine);
            List<Finding> findings = new ArrayList<>();
            CheckReport report =
                    engine.maintenance.validateStateConsistency(findings::add, looked -> {});
            assertEquals(List.of(), findings);
            assertEquals(1, report.runs());
            assertTrue(report.isComplete());
            NodeInfo node = engine.maintenance.nodes().get(0);
            assertTrue(node.isThis());
            assertEquals(0, node.runs().orElseThrow());
            assertFalse(node.isExpired());
            engine.maintenance.cleanupStaleWorkflows(
                    CleanupOptions.none().olderThan(Duration.ZERO).apply(), cleaned -> {});
            assertTrue(engine.manager.getWorkflowStatus(run.id()).isEmpty());
        }
    }

    @Test(timeout = 60_000)
    public void ofRunsThatStandStillParentsAreCancelledFirst() {
        try (TestEngine engine = new TestEngine(store)) {
            engine.workflow("lowest", w -> w.step("only").task("nobody"));
            engine.workflow("middle", w -> w.step("part").workflow("lowest"));
            engine.workflow("top", w -> w.step("part").workflow("middle"));
            String top = engine.start("top", Map.of()).id();
            Await.until(
                    "the lowest to wait",
                    () -> engine.state.count().getOrDefault(RunStatus.WAITING, 0L) == 1);
            List<CleanedRun> cleaned = new ArrayList<>();
            engine.maintenance.cleanupStaleWorkflows(
                    CleanupOptions.none().staleAfter(Duration.ZERO).cancelStale().apply(),
                    cleaned::add);
            assertEquals(3, cleaned.size());
            assertEquals(top, cleaned.get(0).runId());
            assertEquals("with run " + top, cleaned.get(1).message());
            assertEquals("with run " + cleaned.get(1).runId(), cleaned.get(2).message());
            Await.until(
                    "all to be cancelled",
                    () -> engine.state.count().getOrDefault(RunStatus.CANCELLED, 0L) == 3);
            assertEquals(
                    "still", engine.manager.getWorkflowStatus(top).orElseThrow().error().get());
        }
    }

    @Test(timeout = 60_000)
    public void ofAStoreThatCannotBeLookedIntoTheJournalsAreCompared() {
        try (TestEngine engine = new TestEngine(plain())) {
            run(engine);
            List<Repair> repairs = new ArrayList<>();
            CheckReport report = engine.maintenance.repairState(true, repairs::add, looked -> {});
            assertFalse(report.isComplete());
            assertEquals("entry", repairs.get(0).finding().code());
            assertEquals(Repair.Outcome.REFUSED, repairs.get(0).outcome());
            NodeInfo node = engine.maintenance.nodes().get(0);
            assertTrue(node.isThis());
            assertTrue(node.runs().isEmpty() && node.leaseUntil().isEmpty());
        }
    }

    /** The contract and nothing else; its second entries are of a future version. */
    private StateBackend plain() {
        return (StateBackend)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object answer = method.invoke(store, arguments);
                                return method.getName().equals("journal")
                                        ? ((List<?>) answer)
                                                .stream().map(e -> aged((Entry) e)).toList()
                                        : answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static Entry aged(Entry entry) {
        Instant at = entry.at();
        int version = entry.sequence() == 2 ? 99 : entry.version();
        return Entry.of(entry.sequence(), entry.type(), version, at, entry.body());
    }
}
