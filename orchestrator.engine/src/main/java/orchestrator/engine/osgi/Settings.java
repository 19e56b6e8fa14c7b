package orchestrator.engine.osgi;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Timeouts;

/**
 * The configuration as values, validated. Immutable.
 *
 * @param limits what may change while the engine runs
 * @param stateName the store that is wanted, or empty
 * @param nodeId the node's id, or empty
 * @param lease how long its membership lasts without a heartbeat
 * @param writers how many threads write to a durable store
 */
record Settings(EngineLimits limits, String stateName, String nodeId, Duration lease, int writers) {

    /**
     * Reads a configuration.
     *
     * @throws IllegalArgumentException if a value is wrong; the message names its key
     */
    static Settings of(EngineConfig config) {
        EngineLimits limits =
                new EngineLimits(
                        number("max.concurrent.workflows", config::max_concurrent_workflows),
                        number("max.concurrent.tasks", config::max_concurrent_tasks),
                        seconds("task.timeout", config::task_timeout),
                        new Retry(
                                number("retry.attempts", config::retry_attempts),
                                seconds("retry.delay", config::retry_delay),
                                1,
                                Timeouts.LONGEST,
                                0),
                        seconds("drain.time", config::drain_time),
                        number("log.lines", config::log_lines),
                        taskLimits(config.task_limits()));
        Duration lease = seconds("node.lease", config::node_lease);
        int writers = number("writers", config::writers);
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException(
                    "Expected node.lease of at least 1, but found " + lease.toSeconds());
        }
        if (writers < 1 || writers > 16) {
            throw new IllegalArgumentException(
                    "Expected writers from 1 to 16, but found " + writers);
        }
        return new Settings(
                limits, config.state_name().strip(), config.node_id().strip(), lease, writers);
    }

    private static Map<String, Integer> taskLimits(String... words) {
        Map<String, Integer> limits = new HashMap<>();
        for (String word : words) {
            String[] parts = word.strip().split("\\s*=\\s*");
            if (word.isBlank()) {
                continue;
            }
            if (parts.length != 2 || !parts[1].matches("[0-9]{1,6}")) {
                throw new IllegalArgumentException(
                        "Expected task.limits such as shop.charge=5, but found '%s'"
                                .formatted(word));
            }
            limits.put(parts[0], Integer.valueOf(parts[1]));
        }
        return Map.copyOf(limits);
    }

    /** Whether a change needs nothing but new limits. */
    boolean isLive(Settings now) {
        return stateName.equals(now.stateName)
                && nodeId.equals(now.nodeId)
                && lease.equals(now.lease)
                && writers == now.writers;
    }

    private static Duration seconds(String key, Supplier<Long> value) {
        return Timeouts.bounded(Duration.ofSeconds(number(key, value)));
    }

    /** A value that the framework converts when it is asked for; what it throws then does not name the key. */
    private static <T extends Number> T number(String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuntimeException e) {
            Throwable why = e;
            while (why.getCause() != null) {
                why = why.getCause();
            }
            throw new IllegalArgumentException(
                    "Expected %s to be a whole number, but found another value (%s)"
                            .formatted(key, why.getMessage()),
                    e);
        }
    }
}
