package orchestrator.api.run;

import java.util.Optional;
import java.util.Set;

/**
 * Which runs are wanted, and from where on. Immutable.
 */
public final class RunFilter {
    private static final RunFilter ALL = new RunFilter(null, Set.of(), null, null, 50);

    private final String workflow;
    private final Set<RunStatus> statuses;
    private final String parent; // empty: none
    private final String after;
    private final int limit;

    private RunFilter(
            String workflow, Set<RunStatus> statuses, String parent, String after, int limit) {
        this.workflow = workflow;
        this.statuses = statuses;
        this.parent = parent;
        this.after = after;
        this.limit = limit;
    }

    /** Every run, 50 a page. */
    public static RunFilter all() {
        return ALL;
    }

    /** Only runs of that workflow. */
    public RunFilter workflow(String name) {
        return new RunFilter(name, statuses, parent, after, limit);
    }

    /** Only runs in one of these statuses. */
    public RunFilter status(RunStatus... wanted) {
        return new RunFilter(workflow, Set.of(wanted), parent, after, limit);
    }

    /** Only runs that no other run started. */
    public RunFilter topLevel() {
        return new RunFilter(workflow, statuses, "", after, limit);
    }

    /** Only runs that this run started. */
    public RunFilter childrenOf(String runId) {
        if (runId.isEmpty()) {
            throw new IllegalArgumentException("Expected the id of a run, but found an empty text");
        }
        return new RunFilter(workflow, statuses, runId, after, limit);
    }

    /** The page after the one that ended with this cursor. */
    public RunFilter after(String cursor) {
        return new RunFilter(workflow, statuses, parent, cursor, limit);
    }

    /** At most so many runs, 1 to 1,000. */
    public RunFilter limit(int runs) {
        if (runs < 1 || runs > 1000) {
            throw new IllegalArgumentException(
                    "Expected a limit of 1 to 1,000 runs, but found " + runs);
        }
        return new RunFilter(workflow, statuses, parent, after, runs);
    }

    /** The workflow, if only its runs are wanted. */
    public Optional<String> workflow() {
        return Optional.ofNullable(workflow);
    }

    /** The statuses wanted; empty for all. */
    public Set<RunStatus> statuses() {
        return statuses;
    }

    /** The run whose children are wanted, empty text if only runs without a parent are; nothing for all. */
    public Optional<String> parent() {
        return Optional.ofNullable(parent);
    }

    /** The cursor. */
    public Optional<String> after() {
        return Optional.ofNullable(after);
    }

    /** How many at most. */
    public int limit() {
        return limit;
    }
}
