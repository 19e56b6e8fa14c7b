package orchestrator.testkit.simple;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.TestStore;

/** A store for one test of the contract. */
final class SimpleTestStore implements TestStore {
    private final SimpleStore store;
    private final Function<SimpleStore, SimpleBackend> nodes;
    private final Deque<SimpleBackend> handles = new ArrayDeque<>();

    /** With how a node gets its handle on the store. */
    SimpleTestStore(SimpleStore store, Function<SimpleStore, SimpleBackend> nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    @Override
    public StateBackend open() {
        SimpleBackend handle = nodes.apply(store);
        handles.push(handle);
        return handle;
    }

    @Override
    public StateBackend reopen() {
        close();
        return open();
    }

    @Override
    public void close() {
        while (!handles.isEmpty()) {
            handles.pop().close();
        }
    }
}
