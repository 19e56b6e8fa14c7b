package itests.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.EngineLimits;
import org.junit.After;
import org.junit.Before;

/** A test of engines on whatever store a subclass gives; they end with the test. */
public abstract class EnginesOnAStore {
    private final List<TestEngine> engines = Collections.synchronizedList(new ArrayList<>());
    private StateBackend backend;

    /** Opens the store. */
    protected abstract StateBackend open() throws Exception;

    /** Closes the store. */
    protected abstract void close(StateBackend store) throws Exception;

    @Before
    public void openStore() throws Exception {
        backend = open();
    }

    @After
    public void closeAll() throws Exception {
        engines.forEach(TestEngine::close);
        close(backend);
    }

    final StateBackend backend() {
        return backend;
    }

    final TestEngine engine() {
        return engine(TestEngine.LIMITS);
    }

    final TestEngine engine(EngineLimits limits) {
        return endsWithTheTest(new TestEngine(backend, limits));
    }

    final TestEngine endsWithTheTest(TestEngine engine) {
        engines.add(engine);
        return engine;
    }
}
