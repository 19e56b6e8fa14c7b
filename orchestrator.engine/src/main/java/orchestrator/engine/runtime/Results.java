package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import orchestrator.api.run.RunDetails;

/** Who waits for the end of which run. Thread safe. */
final class Results {
    private final Map<String, List<CompletableFuture<RunDetails>>> waiting =
            new ConcurrentHashMap<>();
    private final Executor callbacks;
    private Iterator<String> rest = Collections.emptyIterator(); // guarded by this

    /**
     * @param callbacks runs what callers hang on their results
     */
    Results(Executor callbacks) {
        this.callbacks = callbacks;
    }

    CompletableFuture<RunDetails> await(String run) {
        CompletableFuture<RunDetails> result = new CompletableFuture<>();
        waiting.compute(
                run,
                (id, list) -> {
                    List<CompletableFuture<RunDetails>> all =
                            list == null ? new ArrayList<>(1) : list;
                    all.add(result);
                    return all;
                });
        return result;
    }

    /** Somebody does not wait any more. */
    void forget(String run, CompletableFuture<RunDetails> result) {
        waiting.computeIfPresent(
                run,
                (id, list) -> {
                    list.removeIf(each -> each == result);
                    return list.isEmpty() ? null : list;
                });
    }

    boolean isAwaited(String run) {
        return waiting.containsKey(run);
    }

    /** Some of the runs whose end is awaited; the next call goes on where this one ended, and round. */
    synchronized List<String> awaitedNext(Predicate<String> wanted, int limit) {
        List<String> some = new ArrayList<>();
        boolean round = false;
        while (some.size() < limit) {
            if (!rest.hasNext()) {
                if (round) {
                    break;
                }
                round = true;
                rest = waiting.keySet().iterator();
                continue;
            }
            String run = rest.next();
            if (wanted.test(run)) {
                some.add(run);
            }
        }
        return some;
    }

    /** The end of that run cannot be told. */
    void fail(String run, RuntimeException why) {
        List<CompletableFuture<RunDetails>> list = waiting.remove(run);
        if (list != null) {
            callbacks.execute(() -> list.forEach(result -> result.completeExceptionally(why)));
        }
    }

    void complete(RunDetails details) {
        List<CompletableFuture<RunDetails>> list = waiting.remove(details.id());
        if (list != null) {
            callbacks.execute(() -> list.forEach(result -> result.complete(details)));
        }
    }
}
