package itests.engine;

import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;

/** Tasks and what is kept with runs, on the memory backend. */
public class TasksAndStateOnMemoryTest extends TasksAndStateContract {
    @Override
    protected StateBackend open() {
        return new MemoryStateBackend(InstantSource.system(), 10_000);
    }

    @Override
    protected void close(StateBackend store) {
        // it goes with the test
    }
}
