package orchestrator.engine.graph;

import java.time.Duration;

/**
 * How often a step runs.
 *
 * @param until gives true when it need not run again
 * @param limit how often it runs at most
 * @param delay the wait before each iteration but the first
 */
public record Repeat(Expression until, int limit, Duration delay) {}
