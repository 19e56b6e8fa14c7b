package orchestrator.api.state;

import java.util.Map;
import java.util.Set;
import orchestrator.api.run.RunStatus;

/**
 * Which runs are wanted.
 *
 * @param kind whose runs, or null for all
 * @param workflow only runs of that workflow, or null for all
 * @param statuses only runs in these statuses; empty for all
 * @param reasonCode only runs with that reason, or null for all
 * @param reasonSubject only runs whose reason has that subject, or null for all
 * @param labels only runs that have all of these labels
 * @param parent only runs that this run started, or {@link #NO_PARENT} for only those that no run started, or null for
 *     all
 * @param after the place after which the page begins, or null for the first
 * @param limit how many at most, 1 to 1,000
 */
public record RunQuery(
        RunKind kind,
        String workflow,
        Set<RunStatus> statuses,
        String reasonCode,
        String reasonSubject,
        Map<String, String> labels,
        String parent,
        RunCursor after,
        int limit) {
    /** In place of a parent: only runs that no run started. */
    public static final String NO_PARENT = "";

    public RunQuery {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
    }

    /** Which runs are wanted, whoever started them. */
    public RunQuery(
            RunKind kind,
            String workflow,
            Set<RunStatus> statuses,
            String reasonCode,
            String reasonSubject,
            Map<String, String> labels,
            RunCursor after,
            int limit) {
        this(kind, workflow, statuses, reasonCode, reasonSubject, labels, null, after, limit);
    }

    /** The same with another parent. */
    public RunQuery withParent(String wanted) {
        return new RunQuery(
                kind, workflow, statuses, reasonCode, reasonSubject, labels, wanted, after, limit);
    }

    /** The first page of everything. */
    public static RunQuery all(int limit) {
        return new RunQuery(null, null, Set.of(), null, null, Map.of(), null, limit);
    }
}
