package orchestrator.testkit.simple;

import java.time.Duration;
import java.time.InstantSource;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract on the simplest backend: all that a backend's author writes to run it. */
public class SimpleBackendTest extends StateBackendContract {

    @Override
    protected TestStore newStore() {
        return newStoreWithClock(Duration.ZERO);
    }

    @Override
    protected TestStore newStoreWithClock(Duration ahead) {
        InstantSource clock = InstantSource.offset(InstantSource.system(), ahead);
        return new SimpleTestStore(new SimpleStore(clock), SimpleBackend::new);
    }
}
