package itests.engine;

import orchestrator.api.state.StateBackend;

/** Operations on runs, on the embedded database. */
public class OperationsOnSqliteTest extends OperationsContract {
    private final SqliteFolder folder = new SqliteFolder();

    @Override
    protected StateBackend open() throws Exception {
        return folder.open();
    }

    @Override
    protected void close(StateBackend store) throws Exception {
        folder.close();
    }
}
