package benchmarks;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows on PostgreSQL: a commit is one statement, with an array for each column, that commits by itself. */
final class RowTable implements Rows {
    private final Connection connection;
    private final PreparedStatement insert;
    private final List<String> runs = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();

    RowTable(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE entry (run text COLLATE \"C\" NOT NULL, seq bigint NOT NULL,"
                            + " type text NOT NULL, version bigint NOT NULL, at bigint NOT NULL,"
                            + " epoch bigint NOT NULL, append_id text, body bytea NOT NULL,"
                            + " PRIMARY KEY (run, seq))");
        }
        insert =
                connection.prepareStatement(
                        "INSERT INTO entry SELECT r.run, r.seq, 'AttemptCompleted', 1, ?, 1, 'a', r.body"
                                + " FROM unnest(?::text[], ?::bigint[], ?::bytea[]) AS r(run, seq, body)");
    }

    @Override
    public void insert(String run, long sequence, byte[] body) {
        runs.add(run);
        sequences.add(sequence);
        bodies.add(body);
    }

    @Override
    public void commit() throws SQLException {
        insert.setLong(1, System.nanoTime());
        insert.setArray(2, array("text", runs.toArray()));
        insert.setArray(3, array("bigint", sequences.toArray()));
        insert.setArray(4, array("bytea", bodies.toArray(byte[][]::new)));
        insert.executeUpdate();
        runs.clear();
        sequences.clear();
        bodies.clear();
    }

    private Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
