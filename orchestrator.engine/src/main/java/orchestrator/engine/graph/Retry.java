package orchestrator.engine.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * How often a step is tried, and how long it waits between: {@code delay * backoff^(n-1)}, at most {@code maxDelay},
 * shortened by up to the fraction {@code jitter} at random.
 *
 * @param within how long after the first attempt was scheduled others may begin, or null for as long as it takes
 * @param notOn codes of failures, and names of exception classes, after which it is not tried again
 */
public record Retry(
        int attempts,
        Duration delay,
        double backoff,
        Duration maxDelay,
        double jitter,
        Duration within,
        Set<String> notOn) {

    /** A policy without limits on time and kind. */
    public Retry(int attempts, Duration delay, double backoff, Duration maxDelay, double jitter) {
        this(attempts, delay, backoff, maxDelay, jitter, null, Set.of());
    }

    /**
     * The wait after a failed attempt.
     *
     * @param failures how many attempts failed so far, from 1
     * @param roll a random number from 0 to 1
     */
    public Duration delayAfter(int failures, double roll) {
        double millis = delay.toMillis() * Math.pow(backoff, failures - 1);
        double capped = Math.min(millis, (double) maxDelay.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - jitter * roll)));
    }

    /**
     * Whether another attempt is made.
     *
     * @param failures how many attempts failed so far, from 1
     * @param code of the newest failure
     * @param first when the first attempt was scheduled
     */
    public boolean goesOn(int failures, String code, Instant first, Instant now) {
        return failures < attempts
                && !notOn.contains(code)
                && (within == null
                        || !now.plus(delayAfter(failures, 0)).isAfter(first.plus(within)));
    }

    /** Whether a failure with that exception, or one of its kind, is not tried again. */
    public boolean excludes(Throwable thrown) {
        for (Class<?> type = thrown.getClass();
                !notOn.isEmpty() && type != null;
                type = type.getSuperclass()) {
            if (notOn.contains(type.getName()) || notOn.contains(type.getSimpleName())) {
                return true;
            }
        }
        return false;
    }
}
