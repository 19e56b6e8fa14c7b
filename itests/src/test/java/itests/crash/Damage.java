package itests.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
