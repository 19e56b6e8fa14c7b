package orchestrator.engine.graph;

import java.time.Duration;

/**
 * How often a step is tried, and how long it waits between: {@code delay * backoff^(n-1)}, at most {@code maxDelay},
 * shortened by up to the fraction {@code jitter} at random.
 */
public record Retry(
        int attempts, Duration delay, double backoff, Duration maxDelay, double jitter) {

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
}
