package orchestrator.engine.core;

import java.time.Duration;
import orchestrator.engine.graph.Retry;

/**
 * What may be changed while the engine runs. Immutable.
 *
 * @param runs how many runs with ready or running work a node takes
 * @param tasks how many attempts are in progress on a node
 * @param taskTimeout the longest time of an attempt whose step says nothing
 * @param retry the retry policy of steps that say nothing
 * @param drain how long the attempts of a leaving plugin may go on
 * @param logLines how many log lines are kept for a run
 */
public record EngineLimits(
        int runs, int tasks, Duration taskTimeout, Retry retry, Duration drain, int logLines) {

    /** Validates. */
    public EngineLimits {
        atLeastOne("max.concurrent.workflows", runs);
        atLeastOne("max.concurrent.tasks", tasks);
        atLeastOne("task.timeout", taskTimeout.toMillis());
        atLeastOne("retry.attempts", retry.attempts());
        if (drain.isNegative() || retry.delay().isNegative() || logLines < 0) {
            throw new IllegalArgumentException(
                    "Expected drain.time, retry.delay and log.lines of at least 0, but found %s, %s and %d"
                            .formatted(drain, retry.delay(), logLines));
        }
    }

    /** The limits that the product was specified with. */
    public static EngineLimits defaults() {
        return new EngineLimits(
                50,
                100,
                Duration.ofSeconds(300),
                new Retry(3, Duration.ofSeconds(5), 1, Duration.ofDays(1), 0),
                Duration.ofSeconds(5),
                1000);
    }

    private static void atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Expected %s of at least 1, but found %d".formatted(key, value));
        }
    }
}
