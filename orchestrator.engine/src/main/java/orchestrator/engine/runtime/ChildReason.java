package orchestrator.engine.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;

/** For which of its runs a parent waits, and why that one does not go on. Blocking. */
final class ChildReason {
    private static final int LOOKED_AT = 100;

    private static final Set<RunStatus> UNFINISHED =
            Set.of(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED);

    private ChildReason() {}

    /** The reason of a parent, told by its children; as it is if none of them stands still. */
    static Reason of(String parent, Reason own, StateBackend store) {
        RunQuery query =
                new RunQuery(null, null, UNFINISHED, null, null, Map.of(), parent, null, LOOKED_AT);
        List<RunSummary> children = store.find(query).runs();
        return children.stream()
                .filter(child -> child.reason() != null)
                .min(Comparator.comparing(ChildReason::rank))
                .map(child -> of(child, own))
                .orElse(own);
    }

    /** What needs somebody to act comes first. */
    private static int rank(RunSummary child) {
        if (child.reason().code().equals("quarantined")) {
            return 0;
        }
        return child.status() == RunStatus.PAUSED ? 1 : 2;
    }

    private static Reason of(RunSummary child, Reason own) {
        Reason why = child.reason();
        String subject =
                "%s of %s: %s%s"
                        .formatted(
                                child.id(),
                                child.workflow(),
                                why.code(),
                                why.subject() == null || why.subject().isEmpty()
                                        ? ""
                                        : ": " + why.subject());
        return new Reason("child", subject, why.since(), own.until());
    }
}
