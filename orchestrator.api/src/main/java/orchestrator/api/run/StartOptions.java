package orchestrator.api.run;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** How a run is started. Immutable. */
public final class StartOptions {
    private static final StartOptions NONE = new StartOptions(null, null, Map.of(), null, null);
    private static final int MOST = 100_000;

    private final String startKey;
    private final Integer priority;
    private final Map<String, String> labels;
    private final Integer maxConcurrency;
    private final Duration timeout;

    private StartOptions(
            String startKey,
            Integer priority,
            Map<String, String> labels,
            Integer maxConcurrency,
            Duration timeout) {
        this.startKey = startKey;
        this.priority = priority;
        this.labels = labels;
        this.maxConcurrency = maxConcurrency;
        this.timeout = timeout;
    }

    /** Nothing in particular. */
    public static StartOptions none() {
        return NONE;
    }

    /**
     * The same key and input give the same run; the same key with another input is refused. Keys are apart for each
     * workflow and outlive their run by 7 days.
     *
     * @param key 1 to 256 characters
     */
    public StartOptions startKey(String key) {
        if (key.isEmpty() || key.length() > 256) {
            throw new IllegalArgumentException(
                    "Expected a start key of 1 to 256 characters, but found " + key.length());
        }
        return new StartOptions(key, priority, labels, maxConcurrency, timeout);
    }

    /**
     * Of attempts that wait for a slot, those of higher priority begin first: a point counts as 10 s of waiting. In place of
     * what the workflow says.
     */
    public StartOptions priority(int newPriority) {
        return new StartOptions(startKey, newPriority, labels, maxConcurrency, timeout);
    }

    /** Adds a label, by which runs can be found. */
    public StartOptions label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
        return new StartOptions(startKey, priority, Map.copyOf(all), maxConcurrency, timeout);
    }

    /**
     * The run has no more attempts and items in flight at once than this, over all its steps; what is more waits its
     * turn within the run. An attempt that is to be tried again keeps its place.
     *
     * @param attempts 1 to 100,000
     */
    public StartOptions maxConcurrency(int attempts) {
        if (attempts < 1 || attempts > MOST) {
            throw new IllegalArgumentException(
                    "Expected 1 to 100,000 attempts in flight at once, but found " + attempts);
        }
        return new StartOptions(startKey, priority, labels, attempts, timeout);
    }

    /** The run fails with the code {@code timeout} when it takes longer than this, in place of what its workflow says. */
    public StartOptions timeout(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException(
                    "Expected a timeout longer than nothing, but found " + longest);
        }
        return new StartOptions(startKey, priority, labels, maxConcurrency, longest);
    }

    /** The start key, if one was given. */
    public Optional<String> startKey() {
        return Optional.ofNullable(startKey);
    }

    /** The priority, if it is not for the workflow to say. */
    public Optional<Integer> priority() {
        return Optional.ofNullable(priority);
    }

    /** The labels. */
    public Map<String, String> labels() {
        return labels;
    }

    /** How many attempts and items may be in flight at once, if that is limited. */
    public Optional<Integer> maxConcurrency() {
        return Optional.ofNullable(maxConcurrency);
    }

    /** The longest time the run may take, if it is not for its workflow to say. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
