package orchestrator.state.memory;

import java.time.Duration;
import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract on the heap. */
public class MemoryStateBackendTest extends StateBackendContract {

    @Override
    protected TestStore newStore() {
        return newStoreWithClock(Duration.ZERO);
    }

    @Override
    protected TestStore newStoreWithClock(Duration ahead) {
        InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
        StateBackend backend = new MemoryStateBackend(clock, 10_000);
        return new TestStore() {
            @Override
            public StateBackend open() {
                return backend;
            }

            @Override
            public StateBackend reopen() {
                throw new AssertionError("Expected never to be called for a volatile backend");
            }

            @Override
            public void close() {}
        };
    }
}
