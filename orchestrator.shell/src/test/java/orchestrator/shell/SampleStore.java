package orchestrator.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.Repair;
import orchestrator.api.run.StateMaintenance;

/** A store of three runs, in which the test says what is wrong. */
public final class SampleStore implements StateMaintenance {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private final List<Finding> findings = new ArrayList<>();

    /** Whether the last repair was more than a dry run. */
    public boolean applied;

    /** Whether runs refuse to be cancelled. */
    public boolean refuses;

    /** What the last cleanup was given. */
    public CleanupOptions options;

    private record Found(
            String code, Optional<String> runId, String message, String remedy, boolean isMendable)
            implements Finding {}

    private record Repaired(Finding finding, Outcome outcome, String message) implements Repair {}

    private record Report(long runs, long findings, long mended, boolean isComplete)
            implements CheckReport {}

    private record Cleaned(String runId, String action, boolean isDone, String message)
            implements CleanedRun {}

    private record Node(
            String id,
            long incarnation,
            Optional<Instant> renewed,
            Optional<Instant> leaseUntil,
            OptionalLong runs,
            boolean isExpired,
            boolean isThis)
            implements NodeInfo {}

    /** Something is wrong from now on. */
    public void find(String run, String code, boolean mendable) {
        findings.add(new Found(code, Optional.of(run), "it is broken", "mend it", mendable));
    }

    @Override
    public CheckReport validateStateConsistency(Consumer<Finding> found, LongConsumer progress) {
        progress.accept(3);
        findings.forEach(found);
        return new Report(3, findings.size(), 0, true);
    }

    @Override
    public CheckReport repairState(
            boolean apply, Consumer<Repair> repaired, LongConsumer progress) {
        applied = apply;
        long mended = 0;
        for (Finding finding : findings) {
            boolean mends = apply && finding.isMendable();
            mended += mends ? 1 : 0;
            Repair.Outcome outcome =
                    mends
                            ? Repair.Outcome.MENDED
                            : apply ? Repair.Outcome.QUARANTINED : Repair.Outcome.PLANNED;
            repaired.accept(new Repaired(finding, outcome, finding.remedy()));
        }
        return new Report(3, findings.size(), mended, true);
    }

    @Override
    public long cleanupStaleWorkflows(CleanupOptions wanted, Consumer<CleanedRun> cleaned) {
        options = wanted;
        cleaned.accept(new Cleaned("r1", "cancel", wanted.applies() && !refuses, "it is old"));
        return 1;
    }

    @Override
    public List<NodeInfo> nodes() {
        return List.of(
                new Node(
                        "node-a",
                        2,
                        Optional.of(NOW),
                        Optional.of(NOW.plusSeconds(10)),
                        OptionalLong.of(4),
                        false,
                        true),
                new Node(
                        "node-b",
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        true,
                        false));
    }
}
