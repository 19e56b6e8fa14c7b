package orchestrator.api.run;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which runs are wanted, and from where on. Immutable.
 */
public final class RunFilter {
    private static final RunFilter ALL =
            new RunFilter(null, Set.of(), null, new Traits(Map.of(), null, null, null), null, 50);

    private final String workflow;
    private final Set<RunStatus> statuses;
    private final String parent; // empty: none
    private final Traits traits;
    private final String after;
    private final int limit;

    private record Traits(Map<String, String> labels, Instant since, Instant before, String text) {}

    private RunFilter(
            String workflow,
            Set<RunStatus> statuses,
            String parent,
            Traits traits,
            String after,
            int limit) {
        this.workflow = workflow;
        this.statuses = statuses;
        this.parent = parent;
        this.traits = traits;
        this.after = after;
        this.limit = limit;
    }

    /** Every run, 50 a page. */
    public static RunFilter all() {
        return ALL;
    }

    /** Only runs of that workflow. */
    public RunFilter workflow(String name) {
        return new RunFilter(name, statuses, parent, traits, after, limit);
    }

    /** Only runs in one of these statuses. */
    public RunFilter status(RunStatus... wanted) {
        return new RunFilter(workflow, Set.of(wanted), parent, traits, after, limit);
    }

    /** Only runs that no other run started. */
    public RunFilter topLevel() {
        return new RunFilter(workflow, statuses, "", traits, after, limit);
    }

    /** Only runs that this run started. */
    public RunFilter childrenOf(String runId) {
        if (runId.isEmpty()) {
            throw new IllegalArgumentException("Expected the id of a run, but found an empty text");
        }
        return new RunFilter(workflow, statuses, runId, traits, after, limit);
    }

    /** Only runs that were started with this label, and with all that were named before. */
    public RunFilter label(String key, String value) {
        Map<String, String> all = new TreeMap<>(traits.labels);
        all.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
        return with(new Traits(Map.copyOf(all), traits.since, traits.before, traits.text));
    }

    /** Only runs that were accepted at that instant or later, by the store's clock. */
    public RunFilter createdSince(Instant first) {
        return with(new Traits(traits.labels, first, traits.before, traits.text));
    }

    /** Only runs that were accepted before that instant, by the store's clock. */
    public RunFilter createdBefore(Instant end) {
        return with(new Traits(traits.labels, traits.since, end, traits.text));
    }

    /**
     * Only runs in whose id, workflow, error, reason or labels the text occurs, in capital or small letters. One page looks
     * through 10,000 runs at most: it may hold fewer runs than its limit, or none, and still have a next one.
     */
    public RunFilter text(String part) {
        return with(new Traits(traits.labels, traits.since, traits.before, part));
    }

    private RunFilter with(Traits other) {
        return new RunFilter(workflow, statuses, parent, other, after, limit);
    }

    /** The page after the one that ended with this cursor. */
    public RunFilter after(String cursor) {
        return new RunFilter(workflow, statuses, parent, traits, cursor, limit);
    }

    /** At most so many runs, 1 to 1,000. */
    public RunFilter limit(int runs) {
        if (runs < 1 || runs > 1000) {
            throw new IllegalArgumentException(
                    "Expected a limit of 1 to 1,000 runs, but found " + runs);
        }
        return new RunFilter(workflow, statuses, parent, traits, after, runs);
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

    /** The labels that a run must have, all of them. */
    public Map<String, String> labels() {
        return traits.labels;
    }

    /** The first instant at which a run may have been accepted. */
    public Optional<Instant> createdSince() {
        return Optional.ofNullable(traits.since);
    }

    /** The instant before which a run must have been accepted. */
    public Optional<Instant> createdBefore() {
        return Optional.ofNullable(traits.before);
    }

    /** The text that must occur. */
    public Optional<String> text() {
        return Optional.ofNullable(traits.text);
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
