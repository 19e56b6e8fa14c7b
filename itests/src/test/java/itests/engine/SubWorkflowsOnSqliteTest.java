package itests.engine;

import orchestrator.api.state.StateBackend;

/** Sub-workflows on the embedded database. */
public class SubWorkflowsOnSqliteTest extends SubWorkflowContract {
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
