package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.Logs;
import orchestrator.api.state.Snapshot;

/** What lies beside the journals: snapshots, definitions, and logs as they are read. */
final class Beside {
    private final Database database;

    Beside(Database database) {
        this.database = database;
    }

    void saveSnapshot(String run, Snapshot snapshot) {
        database.write(
                "save a snapshot of run " + run,
                session ->
                        session.update(
                                "INSERT INTO orc_snapshot (run, seq, version, state)"
                                        + " SELECT id, ?, ?, ? FROM orc_run WHERE id = ?"
                                        + " ON CONFLICT (run) DO UPDATE SET seq = excluded.seq,"
                                        + " version = excluded.version, state = excluded.state",
                                snapshot.sequence(),
                                (long) snapshot.version(),
                                snapshot.state(),
                                run));
    }

    Optional<Snapshot> snapshot(String run) {
        return database.read(
                "read the snapshot of run " + run,
                session ->
                        session.first(
                                "SELECT seq, version, state FROM orc_snapshot WHERE run = ?",
                                row ->
                                        new Snapshot(
                                                row.getLong("seq"),
                                                row.getInt("version"),
                                                row.getBytes("state")),
                                run));
    }

    void putDefinition(String hash, byte[] document) {
        database.write(
                "store definition " + hash,
                session ->
                        session.update(
                                "INSERT INTO orc_definition (hash, document) VALUES (?, ?)"
                                        + " ON CONFLICT (hash) DO NOTHING",
                                Text.stored(hash),
                                document));
    }

    Optional<byte[]> definition(String hash) {
        return database.read(
                "read definition " + hash,
                session ->
                        session.first(
                                "SELECT document FROM orc_definition WHERE hash = ?",
                                row -> row.getBytes("document"),
                                Text.stored(hash)));
    }

    Set<String> share(Collection<String> words) {
        if (!words.isEmpty()) {
            database.write("share words", session -> addWords(session, words));
        }
        return database.read(
                "read the words that nodes share",
                session ->
                        Set.copyOf(
                                session.query(
                                        "SELECT word FROM orc_word",
                                        row -> Text.read(row.getString("word")))));
    }

    private static int addWords(Session session, Collection<String> words) throws SQLException {
        int added = 0;
        for (String word : words) {
            added +=
                    session.update(
                            "INSERT INTO orc_word (word) VALUES (?) ON CONFLICT (word) DO NOTHING",
                            Text.stored(word));
        }
        return added;
    }

    Logs logs(String run) {
        return database.read(
                "read the log of run " + run,
                session -> {
                    List<LogLine> lines =
                            session.query(
                                    "SELECT at, level, step, attempt, line FROM orc_log"
                                            + " WHERE run = ? ORDER BY number",
                                    row ->
                                            new LogLine(
                                                    Micros.read(row, "at"),
                                                    Text.read(row.getString("level")),
                                                    Text.read(row.getString("step")),
                                                    row.getInt("attempt"),
                                                    Text.read(row.getString("line"))),
                                    run);
                    long total =
                            session.first(
                                            "SELECT total FROM orc_log_count WHERE run = ?",
                                            row -> row.getLong("total"),
                                            run)
                                    .orElse(0L);
                    return new Logs(lines, Math.max(0, total - lines.size()));
                });
    }
}
