package orchestrator.engine.core;

import java.time.Duration;
import java.util.Map;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Timeouts;

/**
 * What may be changed while the engine runs. Immutable.
 *
 * @param runs how many runs with ready or running work a node takes
 * @param tasks how many attempts are in progress on a node
 * @param taskTimeout the longest time of an attempt whose step says nothing
 * @param retry the retry policy of steps that say nothing
 * @param drain how long the attempts of a leaving plugin may go on
 * @param logLines how many log lines are kept for a run
 * @param ofTasks how many attempts at a task are in progress on a node, by task; those not named have no limit of their own
 */
public record EngineLimits(
        int runs,
        int tasks,
        Duration taskTimeout,
        Retry retry,
        Duration drain,
        int logLines,
        Map<String, Integer> ofTasks) {

    /** Limits that name no task. */
    public EngineLimits(
            int runs, int tasks, Duration taskTimeout, Retry retry, Duration drain, int logLines) {
        this(runs, tasks, taskTimeout, retry, drain, logLines, Map.of());
    }

    /** Validates. */
    public EngineLimits {
        atLeastOne("max.concurrent.workflows", runs);
        atLeastOne("max.concurrent.tasks", tasks);
        atLeastOne("task.timeout", taskTimeout.toMillis());
        atLeastOne("retry.attempts", retry.attempts());
        ofTasks.forEach((task, most) -> atLeastOne("task.limits of " + task, most));
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
                new Retry(3, Duration.ofSeconds(5), 1, Timeouts.LONGEST, 0),
                Duration.ofSeconds(5),
                1000);
    }

    /** How many attempts at that task may be in progress. */
    public int tasksOf(String task) {
        return ofTasks.isEmpty() ? tasks : ofTasks.getOrDefault(task, tasks);
    }

    private static void atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Expected %s of at least 1, but found %d".formatted(key, value));
        }
    }
}
