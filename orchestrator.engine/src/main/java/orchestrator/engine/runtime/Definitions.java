package orchestrator.engine.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.graph.Graph;

/** Sees to it that a definition is in the store before the first run of it. Thread safe. */
final class Definitions {
    private final StoreLink store;
    private final Journal journal;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(null, Set.of()));

    /** What is known to be in a store. */
    private record Known(StateBackend backend, Set<String> hashes) {}

    Definitions(StoreLink store, Journal journal) {
        this.store = store;
        this.journal = journal;
    }

    /** Stores a definition, and what its runs may wait for where nobody else has it. */
    static void put(StateBackend backend, Graph graph) {
        Set<String> ranges = Offers.rangesIn(graph);
        if (!ranges.isEmpty()) {
            backend.share(ranges);
        }
        backend.putDefinition(graph.document().hash(), graph.document().bytes());
    }

    void ensure(Graph graph) {
        StateBackend backend = store.backend();
        Known now =
                known.updateAndGet(
                        old ->
                                old.backend == backend
                                        ? old
                                        : new Known(backend, ConcurrentHashMap.newKeySet()));
        String hash = graph.document().hash();
        if (!now.hashes.contains(hash)) {
            put(backend, graph);
            now.hashes.add(hash);
        }
        journal.remember(graph);
    }
}
