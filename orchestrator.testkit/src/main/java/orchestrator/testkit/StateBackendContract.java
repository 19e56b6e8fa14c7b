package orchestrator.testkit;

import java.time.Duration;
import orchestrator.api.state.StateBackend;
import org.junit.runner.RunWith;

/**
 * The tests that every {@link StateBackend} must pass: all that its javadoc promises. A backend runs them with one small
 * subclass that says how a store is made; what belongs to the whole class, such as a database server, is held by
 * {@code @ClassRule} or {@code @BeforeClass} of the subclass. One test alone is run by its topic and name:
 * {@code -Dtest='MyBackendTest#append_*'}.
 */
@RunWith(ContractSuite.class)
public abstract class StateBackendContract {

    /** An empty store. Called before each test, closed after it. */
    protected abstract TestStore newStore() throws Exception;

    /**
     * An empty store whose clock is ahead of that of this process, or behind it; null, which skips those tests, if the
     * store's clock cannot be set.
     *
     * @param ahead how far; negative if behind
     */
    protected TestStore newStoreWithClock(Duration ahead) throws Exception {
        return null;
    }
}
