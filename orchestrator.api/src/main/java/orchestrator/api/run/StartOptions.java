package orchestrator.api.run;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** How a run is started. Immutable. */
public final class StartOptions {
    private static final StartOptions NONE = new StartOptions(null, 0, Map.of());

    private final String startKey;
    private final int priority;
    private final Map<String, String> labels;

    private StartOptions(String startKey, int priority, Map<String, String> labels) {
        this.startKey = startKey;
        this.priority = priority;
        this.labels = labels;
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
        return new StartOptions(key, priority, labels);
    }

    /** Of attempts that wait for a slot, those of higher priority begin first: a point counts as 10 s of waiting. 0 by default. */
    public StartOptions priority(int newPriority) {
        return new StartOptions(startKey, newPriority, labels);
    }

    /** Adds a label, by which runs can be found. */
    public StartOptions label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
        return new StartOptions(startKey, priority, Map.copyOf(all));
    }

    /** The start key, if one was given. */
    public Optional<String> startKey() {
        return Optional.ofNullable(startKey);
    }

    /** The priority. */
    public int priority() {
        return priority;
    }

    /** The labels. */
    public Map<String, String> labels() {
        return labels;
    }
}
