package itests.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What may happen to a stored entry. */
enum Damage {
    /** One bit of the body. */
    FLIPPED(
            "UPDATE orc_entry SET body = set_bit(body, ?, 1 - get_bit(body, ?))"
                    + " WHERE run = ? AND seq = ?") {
        @Override
        void bind(PreparedStatement update, Random random, int length) throws SQLException {
            int bit = random.nextInt(8 * length);
            update.setLong(1, bit);
            update.setLong(2, bit);
        }
    },
    /** The end of the body is missing. */
    TORN("UPDATE orc_entry SET body = substring(body, ?, ?) WHERE run = ? AND seq = ?") {
        @Override
        void bind(PreparedStatement update, Random random, int length) throws SQLException {
            update.setInt(1, 1);
            update.setInt(2, random.nextInt(length - 10)); // beyond that, no fact is missing
        }
    },
    /** A later release has written it. */
    NEWER(
            "UPDATE orc_entry SET version = 1 + greatest(1, ?::bigint, ?::bigint)"
                    + " WHERE run = ? AND seq = ?") {
        @Override
        void bind(PreparedStatement update, Random random, int length) throws SQLException {
            update.setLong(1, random.nextInt(100));
            update.setLong(2, random.nextInt(100));
        }
    },
    /** It is gone. */
    MISSING("DELETE FROM orc_entry WHERE ?::bigint = ?::bigint AND run = ? AND seq = ?") {
        @Override
        void bind(PreparedStatement update, Random random, int length) throws SQLException {
            update.setLong(1, 1);
            update.setLong(2, 1);
        }
    };

    private final String sql;

    Damage(String sql) {
        this.sql = sql;
    }

    abstract void bind(PreparedStatement update, Random random, int length) throws SQLException;

    /** Damages a run of each kind that was in progress when its node died; tells which, and how. */
    static List<String> strike(Server server, Random random, Set<String> damaged)
            throws SQLException {
        List<String> done = new ArrayList<>();
        try (Connection connection = server.connect()) {
            keepNothing(connection);
            List<String> runs = inProgress(connection);
            runs.removeAll(damaged);
            for (Damage damage : values()) {
                if (!runs.isEmpty()) {
                    String run = runs.remove(random.nextInt(runs.size()));
                    damage.strike(connection, random, run);
                    damaged.add(run);
                    done.add(damage.name());
                }
            }
        }
        return done;
    }

    /**
     * Damages some runs in progress for which another waits, that nobody harms; tells which runs, and who waits.
     *
     * @param most how many at most
     */
    static Map<String, String> strikeChildren(
            Server server, Random random, Set<String> damaged, int most) throws SQLException {
        Map<String, String> done = new HashMap<>();
        try (Connection connection = server.connect()) {
            List<String[]> children = childrenInProgress(connection);
            Collections.shuffle(children, random);
            for (String[] child : children) {
                boolean alone = !damaged.contains(child[1]) && !done.containsValue(child[1]);
                if (alone && !damaged.contains(child[0]) && done.size() < most) {
                    values()[random.nextInt(values().length)].strike(connection, random, child[0]);
                    done.put(child[0], child[1]);
                }
            }
        }
        return done;
    }

    /** Brings back what was damaged, as from a copy of the store. */
    static void restore(Server server, String run) throws SQLException {
        try (Connection connection = server.connect()) {
            for (String sql :
                    List.of(
                            "DELETE FROM orc_entry e USING crash_kept k"
                                    + " WHERE k.run = ? AND e.run = k.run AND e.seq = k.seq",
                            "INSERT INTO orc_entry SELECT * FROM crash_kept WHERE run = ?")) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, run);
                    statement.executeUpdate();
                }
            }
        }
    }

    private static void keepNothing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS crash_kept");
            statement.execute("CREATE TABLE crash_kept AS SELECT * FROM orc_entry WHERE false");
        }
    }

    private static void keep(Connection connection, String run, long sequence) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO crash_kept SELECT * FROM orc_entry WHERE run = ? AND seq = ?")) {
            insert.setString(1, run);
            insert.setLong(2, sequence);
            insert.executeUpdate();
        }
    }

    /** Without those that have ended and are not closed yet: their parents may have been told. */
    private static List<String[]> childrenInProgress(Connection connection) throws SQLException {
        List<String[]> children = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT c.id, c.parent FROM orc_run c JOIN orc_run p ON p.id = c.parent"
                                        + " WHERE c.owner IS NOT NULL AND c.finished = 0"
                                        + " AND p.owner IS NOT NULL AND p.finished = 0"
                                        + " AND NOT EXISTS (SELECT 1 FROM orc_entry e WHERE e.run = c.id"
                                        + " AND (position('RunCompleted'::bytea IN e.body) > 0"
                                        + " OR position('RunFailed'::bytea IN e.body) > 0"
                                        + " OR position('RunCancelled'::bytea IN e.body) > 0))"
                                        + " ORDER BY c.id")) {
            while (rows.next()) {
                children.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return children;
    }

    private static List<String> inProgress(Connection connection) throws SQLException {
        List<String> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT id FROM orc_run WHERE owner IS NOT NULL AND finished = 0 AND parent IS NULL"
                                        + " ORDER BY id")) {
            while (rows.next()) {
                runs.add(rows.getString(1));
            }
        }
        return runs;
    }

    private void strike(Connection connection, Random random, String run) throws SQLException {
        try (PreparedStatement journal =
                        connection.prepareStatement(
                                "SELECT seq, length(body) FROM orc_entry WHERE run = ? ORDER BY seq");
                PreparedStatement update = connection.prepareStatement(sql)) {
            journal.setString(1, run);
            List<Row> found = new ArrayList<>();
            try (ResultSet rows = journal.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(rows.getLong(1), rows.getInt(2)));
                }
            }
            // Not the last, whose absence nobody can know.
            Row one = found.get(random.nextInt(Math.max(1, found.size() - 1)));
            keep(connection, run, one.sequence);
            bind(update, random, one.length);
            update.setString(3, run);
            update.setLong(4, one.sequence);
            if (update.executeUpdate() != 1) {
                throw new AssertionError("Expected " + one + " of run " + run);
            }
        }
    }

    private record Row(long sequence, int length) {}
}
