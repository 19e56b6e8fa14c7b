package itests.simulation;

import java.time.Duration;
import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract, for the store that simulations run on: else they would prove nothing. */
public class SimulatedStoreTest extends StateBackendContract {

    @Override
    protected TestStore newStore() {
        return newStoreWithClock(Duration.ZERO);
    }

    @Override
    protected TestStore newStoreWithClock(Duration ahead) {
        InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
        StateBackend store = new SimulatedStore(clock, SimulatedStore.Watcher.NONE);
        return new TestStore() {
            @Override
            public StateBackend open() {
                return store;
            }

            /** It outlives every process of a simulation. */
            @Override
            public StateBackend reopen() {
                return store;
            }

            @Override
            public void close() {}
        };
    }
}
