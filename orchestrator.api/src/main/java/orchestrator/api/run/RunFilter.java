package orchestrator.api.run;

import java.util.Optional;
import java.util.Set;

/**
 * Which runs are wanted, and from where on. Immutable.
 */
public final class RunFilter {
    private static final RunFilter ALL = new RunFilter(null, Set.of(), null, 50);

    private final String workflow;
    private final Set<RunStatus> statuses;
    private final String after;
    private final int limit;

    private RunFilter(String workflow, Set<RunStatus> statuses, String after, int limit) {
        this.workflow = workflow;
        this.statuses = statuses;
        this.after = after;
        this.limit = limit;
    }

    /** Every run, 50 a page. */
    public static RunFilter all() {
        return ALL;
    }

    /** Only runs of that workflow. */
    public RunFilter workflow(String name) {
        return new RunFilter(name, statuses, after, limit);
    }

    /** Only runs in one of these statuses. */
    public RunFilter status(RunStatus... wanted) {
        return new RunFilter(workflow, Set.of(wanted), after, limit);
    }

    /** The page after the one that ended with this cursor. */
    public RunFilter after(String cursor) {
        return new RunFilter(workflow, statuses, cursor, limit);
    }

    /** At most so many runs, 1 to 1,000. */
    public RunFilter limit(int runs) {
        if (runs < 1 || runs > 1000) {
            throw new IllegalArgumentException(
                    "Expected a limit of 1 to 1,000 runs, but found " + runs);
        }
        return new RunFilter(workflow, statuses, after, runs);
    }

    /** The workflow, if only its runs are wanted. */
    public Optional<String> workflow() {
        return Optional.ofNullable(workflow);
    }

    /** The statuses wanted; empty for all. */
    public Set<RunStatus> statuses() {
        return statuses;
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
