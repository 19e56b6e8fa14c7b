package itests.engine;

import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;

/** The types of workflows on the memory backend. */
public class WorkflowTypesOnMemoryTest extends WorkflowTypesContract {
    @Override
    protected StateBackend open() {
        return new MemoryStateBackend(InstantSource.system(), 10_000);
    }

    @Override
    protected void close(StateBackend store) {
        // it goes with the test
    }
}
