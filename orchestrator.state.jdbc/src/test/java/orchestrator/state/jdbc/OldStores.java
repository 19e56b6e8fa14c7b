package orchestrator.state.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stores as older and newer versions of the tables leave them. */
public final class OldStores {
    /** A version that is not there yet: a column with what can be derived, and an index on it. */
    private static final List<String> NEXT =
            List.of(
                    "ALTER TABLE orc_run ADD COLUMN entry_count bigint",
                    "UPDATE orc_run SET entry_count ="
                            + " (SELECT count(*) FROM orc_entry e WHERE e.run = orc_run.id)",
                    "CREATE INDEX orc_run_entry_count ON orc_run (entry_count)");

    private OldStores() {}

    /** The tables of the first version, with a run that waits for a task and has two entries. */
    public static void first(Connection connection, Map<String, String> types) throws SQLException {
        Session session = new Session(connection);
        new Schema(types, Schema.versions().subList(0, 1)).migrate(session);
        session.update(
                "INSERT INTO orc_run (id, kind, workflow, definition_hash, version, status,"
                        + " reason_code, reason_subject, wait_keys, labels, reason_since, priority,"
                        + " progress, created, finished, epoch, inbox_tail, claim_no, claim_seq,"
                        + " claim_count) VALUES ('p.old', 'USER', 'w', 'h', '1', 'WAITING', 'task', 'x',"
                        + " '=task:x', '', 1, 0, 50, 1000, 0, 3, 0, 0, -1, 0)");
        session.update(
                "INSERT INTO orc_wait (wait_key, run) VALUES (?, 'p.old')", Digest.of("task:x"));
        for (long seq = 1; seq <= 2; seq++) {
            session.update(
                    "INSERT INTO orc_entry (run, seq, type, version, at, epoch, body)"
                            + " VALUES ('p.old', ?, 'Noted', 1, 1000, 3, ?)",
                    seq,
                    new byte[] {(byte) seq});
        }
    }

    /** Brings the tables to a version that today's code does not know. */
    public static void next(Connection connection, Map<String, String> types) throws SQLException {
        migrate(connection, types, NEXT);
    }

    /** The same, but its last statement fails. */
    public static void broken(Connection connection, Map<String, String> types)
            throws SQLException {
        List<String> statements = new ArrayList<>(NEXT);
        statements.set(2, "CREATE INDEX orc_run_entry_count ON orc_run (no_such_column)");
        migrate(connection, types, statements);
    }

    private static void migrate(
            Connection connection, Map<String, String> types, List<String> statements)
            throws SQLException {
        List<List<String>> versions = new ArrayList<>(Schema.versions());
        versions.add(statements);
        new Schema(types, versions).migrate(new Session(connection));
    }

    /** The versions that were made, in order. */
    public static List<Long> versions(Connection connection) throws SQLException {
        return new Session(connection)
                .query("SELECT version FROM orc_schema ORDER BY version", row -> row.getLong(1));
    }

    /** The newest version of today. */
    public static int newest() {
        return Schema.versions().size();
    }
}
