package itests.engine;

import orchestrator.api.state.StateBackend;

/** The engine on the embedded database. */
public class EngineOnSqliteTest extends EngineContract {
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
