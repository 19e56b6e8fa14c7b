package orchestrator.engine.service;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.run.RunDetails;
import orchestrator.engine.runtime.Engine;

/**
 * The ends of runs that one caller waits for. When the caller leaves they are dropped: what it hung on them is its code,
 * and would otherwise be held, and called, after it has gone. Thread safe.
 */
final class Awaited {
    private final Engine engine;
    private final Set<End> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean left;

    Awaited(Engine engine) {
        this.engine = engine;
    }

    /** Keeps a result until it is there, or the caller leaves. */
    CompletableFuture<RunDetails> keep(String run, CompletableFuture<RunDetails> result) {
        End end = new End(run, result);
        ends.add(end);
        CompletableFuture<RunDetails> kept = result.whenComplete((details, e) -> ends.remove(end));
        if (left) {
            leave();
        }
        return kept;
    }

    /** The caller leaves. */
    void leave() {
        left = true;
        ends.removeIf(
                end -> {
                    engine.forget(end.run, end.result);
                    return true;
                });
    }

    /** One end, told from all others by its identity. */
    private static final class End {
        private final String run;
        private final CompletableFuture<RunDetails> result;

        End(String run, CompletableFuture<RunDetails> result) {
            this.run = run;
            this.result = result;
        }
    }
}
