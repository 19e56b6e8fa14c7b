package orchestrator.testkit;

import orchestrator.api.state.StateBackend;

/** A store of its own for one test, empty at first. */
public interface TestStore extends AutoCloseable {

    /**
     * A handle on this store. Called several times, each standing for one more node; a backend that lets only one
     * handle at a time into its store answers the same one again.
     */
    StateBackend open() throws Exception;

    /**
     * Closes every handle, and opens the store again as a new process would. Never called for a volatile backend.
     */
    StateBackend reopen() throws Exception;

    /** Closes every handle and disposes of the store. */
    @Override
    void close() throws Exception;
}
