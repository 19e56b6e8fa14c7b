package orchestrator.state.jdbc.postgres;

import java.time.Duration;
import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract on a real PostgreSQL. */
public class PostgresStateBackendTest extends StateBackendContract {

    @Override
    protected TestStore newStore() throws Exception {
        return PostgresServer.get().newStore();
    }

    /**
     * The server's clock cannot be set, but hidden: in the store's schema stands a function of the same name, and the path
     * finds it first.
     */
    @Override
    protected TestStore newStoreWithClock(Duration ahead) throws Exception {
        return PostgresServer.get().newStoreWithClock(ahead);
    }
}
