package benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Finished runs in a database of the engine, as many as wanted: copies of one that was really done. */
final class StoredRuns {
    private static final String OTHERS =
            "SELECT string_agg(quote_ident(column_name::text), ', ' ORDER BY ordinal_position)"
                    + " FROM information_schema.columns WHERE table_schema = current_schema()"
                    + " AND table_name = '%s' AND column_name <> '%s'";

    private StoredRuns() {}

    /** Copies the first finished run that it finds; the copies are older. */
    static void fill(String url, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            String run = text(statement, "SELECT min(id) FROM orc_run WHERE finished = 1");
            String id = "lpad(to_hex(i), 12, '0') || substr('" + run + "', 13)";
            copy(statement, "orc_run", "id", run, id, count);
            copy(statement, "orc_entry", "run", run, id, count);
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static void copy(
            Statement statement, String table, String key, String run, String id, int count)
            throws SQLException {
        String others = text(statement, OTHERS.formatted(table, key));
        String aged = others.replace("created", "created - 1000000::bigint * (" + count + " - i)");
        statement.execute(
                "INSERT INTO %1$s (%2$s, %3$s) SELECT %4$s, %5$s FROM generate_series(1, %6$d) i, %1$s WHERE %2$s = '%7$s'"
                        .formatted(table, key, others, id, aged, count, run));
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
