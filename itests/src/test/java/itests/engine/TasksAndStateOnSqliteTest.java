package itests.engine;

import orchestrator.api.state.StateBackend;

/** Tasks and what is kept with runs, on the embedded database. */
public class TasksAndStateOnSqliteTest extends TasksAndStateContract {
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
