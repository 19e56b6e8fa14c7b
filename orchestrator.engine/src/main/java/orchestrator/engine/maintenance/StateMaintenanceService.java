package orchestrator.engine.maintenance;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.Repair;
import orchestrator.api.run.StateMaintenance;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.runtime.Engine;

/** The {@link StateMaintenance}. */
public final class StateMaintenanceService implements StateMaintenance {
    private final Engine engine;
    private final Function<String, CommandResult> cancel;
    private final ReentrantLock repairing = new ReentrantLock();

    private record Report(long runs, long findings, long mended, boolean isComplete)
            implements CheckReport {}

    /**
     * The service of an engine.
     *
     * @param cancel cancels a run that stands still
     */
    public StateMaintenanceService(Engine engine, Function<String, CommandResult> cancel) {
        this.engine = engine;
        this.cancel = cancel;
    }

    @Override
    public CheckReport validateStateConsistency(Consumer<Finding> found, LongConsumer progress) {
        return asking(
                () -> {
                    Findings findings = new Findings(found);
                    long runs = new Survey(engine, findings, progress).make();
                    return new Report(runs, findings.number(), 0, isComplete());
                });
    }

    @Override
    public CheckReport repairState(
            boolean apply, Consumer<Repair> repaired, LongConsumer progress) {
        if (!repairing.tryLock()) {
            throw new RefusedException(
                    "busy", "Expected one repair at a time, but another is in progress here");
        }
        try {
            return asking(
                    () -> {
                        Repairs repairs = new Repairs(engine, apply, repaired);
                        long runs = new Survey(engine, repairs, progress).make();
                        return new Report(runs, repairs.number(), repairs.mended(), isComplete());
                    });
        } finally {
            repairing.unlock();
        }
    }

    @Override
    public long cleanupStaleWorkflows(CleanupOptions options, Consumer<CleanedRun> cleaned) {
        return asking(() -> new Cleanup(engine, options, cancel, cleaned).make());
    }

    @Override
    public List<NodeInfo> nodes() {
        return asking(() -> new NodeList(engine).read());
    }

    private boolean isComplete() {
        return RunCheck.inspection(engine.store().backend()).isPresent();
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (StateUnavailableException | NodeFencedException e) {
            throw new RefusedException(
                    "store",
                    "The store did not answer, or this node is not its member just now: %s. What was done so far is done; try again later"
                            .formatted(e.getMessage()));
        }
    }
}
