package orchestrator.state.jdbc.postgres;

import orchestrator.testkit.StateBackendContract;
import orchestrator.testkit.TestStore;

/** The contract on a real PostgreSQL. */
public class PostgresStateBackendTest extends StateBackendContract {

    @Override
    protected TestStore newStore() throws Exception {
        return PostgresServer.get().newStore();
    }
}
