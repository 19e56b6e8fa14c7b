package benchmarks;

import java.sql.SQLException;

/** A table of rows like a store's entries, with nothing around it. For one thread. */
interface Rows extends AutoCloseable {
    /** Adds a row, to be committed. */
    void insert(String run, long sequence, byte[] body) throws SQLException;

    /** Makes all rows so far durable. */
    void commit() throws SQLException;

    @Override
    void close() throws SQLException;
}
