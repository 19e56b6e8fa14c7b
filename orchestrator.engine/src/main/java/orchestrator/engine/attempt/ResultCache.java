package orchestrator.engine.attempt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Caching;
import orchestrator.engine.graph.Expression;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;
import orchestrator.engine.graph.Timeouts;
import orchestrator.engine.time.NodeClock;

/**
 * The results of this node that attempts may take in place of calling their task. Bounded: the ones that were not used for
 * longest go first. Thread safe.
 */
public final class ResultCache {
    private static final int MOST_RESULTS = 10_000;
    private static final long MOST_BYTES = 64L << 20;

    private final NodeClock clock;
    private final Map<String, Duration> ofTasks = new ConcurrentHashMap<>();
    private final Map<Key, Kept> kept =
            new LinkedHashMap<>(16, 0.75f, true); // used last comes last
    private long bytes;

    /** What makes two attempts equal; a new version of a task begins anew. */
    record Key(String task, String version, String json, Duration timeToLive) {}

    private record Kept(Payload output, Instant until, long bytes) {}

    ResultCache(NodeClock clock) {
        this.clock = clock;
    }

    /** From now on results of that task are kept for so long; zero for not at all. */
    public void keep(String task, Duration timeToLive) {
        if (timeToLive.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected a time to live of at least 0, but found " + timeToLive);
        } else if (timeToLive.isZero()) {
            ofTasks.remove(task);
        } else {
            ofTasks.put(task, Timeouts.bounded(timeToLive));
        }
    }

    /**
     * The key of an attempt, or null if its results are not kept.
     *
     * @throws ExpressionException if the key has no value
     */
    Key key(AttemptSpec spec, TaskBinding binding) {
        Step step = spec.step();
        Caching caching = step.caching();
        if (caching == null && !ofTasks.isEmpty()) {
            Duration timeToLive = ofTasks.get(step.task().name());
            caching = timeToLive == null ? null : new Caching(null, timeToLive);
        }
        if (caching == null) {
            return null;
        }
        try {
            Expression key = caching.key() == null ? spec.input() : caching.key();
            byte[] json = Json.write(key.evaluate(spec.scope()), Limits.MAX_PAYLOAD);
            return new Key(
                    step.task().name(),
                    binding.version(),
                    new String(json, StandardCharsets.UTF_8),
                    caching.timeToLive());
        } catch (IllegalArgumentException e) {
            throw new ExpressionException("The key of the cache: " + e.getMessage());
        }
    }

    /** The result of an attempt with that key, or null. */
    synchronized Payload get(Key key) {
        Kept found = kept.get(key);
        if (found != null && !found.until.isAfter(clock.now())) {
            forget(key);
            return null;
        }
        return found == null ? null : found.output;
    }

    synchronized void put(Key key, Payload output) {
        forget(key);
        long size = output.size() + 2L * key.json.length();
        kept.put(key, new Kept(output, clock.now().plus(key.timeToLive), size));
        bytes += size;
        Iterator<Kept> oldest = kept.values().iterator();
        while (kept.size() > MOST_RESULTS || bytes > MOST_BYTES) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }

    private void forget(Key key) {
        Kept old = kept.remove(key);
        if (old != null) {
            bytes -= old.bytes;
        }
    }

    /** How many results are kept. */
    synchronized int size() {
        return kept.size();
    }
}
