package orchestrator.state.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection in use by one thread. Arguments are strings, integers, longs, byte arrays, null, and arrays of these where
 * the database has arrays.
 */
public class Session {
    private final Connection connection;

    /** On a connection that the caller opens and closes. */
    public Session(Connection connection) {
        this.connection = connection;
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, Row<T> row, Object... args) throws SQLException {
        PreparedStatement statement = prepare(sql);
        try {
            bind(statement, args);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        } finally {
            done(statement);
        }
    }

    /** The first row of a query, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... args) throws SQLException {
        return query(sql, row, args).stream().findFirst();
    }

    /** Changes rows, and tells how many. */
    public int update(String sql, Object... args) throws SQLException {
        PreparedStatement statement = prepare(sql);
        try {
            bind(statement, args);
            return statement.executeUpdate();
        } finally {
            done(statement);
        }
    }

    /** A statement that is ready to be bound. */
    protected PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Called when a statement is not used any more. */
    protected void done(PreparedStatement statement) throws SQLException {
        statement.close();
    }

    private void bind(PreparedStatement statement, Object... args) throws SQLException {
        for (int i = 0; i < args.length; i++) {
            Object arg = args[i];
            if (arg instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (arg instanceof Object[] array) {
                statement.setArray(i + 1, connection.createArrayOf(typeOf(array), array));
            } else {
                statement.setObject(i + 1, arg);
            }
        }
    }

    private static String typeOf(Object[] array) {
        if (array instanceof Long[]) {
            return "bigint";
        }
        return array instanceof byte[][] ? "bytea" : "text";
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the row that the result stands on. */
        T read(ResultSet row) throws SQLException;
    }
}
