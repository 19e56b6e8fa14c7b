package itests.engine;

import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;

/** Operations on runs, on the memory backend. */
public class OperationsOnMemoryTest extends OperationsContract {
    @Override
    protected StateBackend open() {
        return new MemoryStateBackend(InstantSource.system(), 10_000);
    }

    @Override
    protected void close(StateBackend store) {
        // it goes with the test
    }
}
