package orchestrator.engine.graph;

import java.time.Duration;

/**
 * How results of a step are kept.
 *
 * @param key what makes two attempts equal; null for their whole input
 * @param timeToLive for how long a result is kept
 */
public record Caching(Expression key, Duration timeToLive) {}
