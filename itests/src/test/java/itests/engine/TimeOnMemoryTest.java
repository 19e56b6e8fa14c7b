package itests.engine;

import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;

/** Time and signals on the memory backend. */
public class TimeOnMemoryTest extends TimeContract {
    @Override
    protected StateBackend open() {
        return new MemoryStateBackend(clock, 10_000);
    }

    @Override
    protected void close(StateBackend store) {
        // it goes with the test
    }
}
