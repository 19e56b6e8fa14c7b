package orchestrator.state.jdbc;

/**
 * An open database. Thread safe.
 *
 * <p>{@link #read} and {@link #write} give a session for the time of one call. What a write did is durable when it
 * returns. On an embedded database a write is one transaction, alone in the store; on a server each statement commits on
 * its own, so that no transaction spans round trips.
 */
public interface Database extends AutoCloseable {

    /** Reads. */
    <T> T read(String what, Work<T> work);

    /** Changes something. */
    <T> T write(String what, Work<T> work);

    /** The same, for the few statements that all runs need again and again. */
    default <T> T writeOften(String what, Work<T> work) {
        return write(what, work);
    }

    /** The store's time, in microseconds since 1970. */
    long now(Session session) throws java.sql.SQLException;

    /** The clause that locks rows, where statements of others run at the same time. */
    default String lock(String clause) {
        return "";
    }

    /** Closes all connections. */
    @Override
    void close();

    /** What is done in a session. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T in(Session session) throws java.sql.SQLException;
    }
}
