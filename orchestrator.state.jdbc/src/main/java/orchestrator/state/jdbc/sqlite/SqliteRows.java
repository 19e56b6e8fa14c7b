package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.Entry;
import orchestrator.state.jdbc.Digest;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;

/** Rows that both new runs and appends write. */
final class SqliteRows {
    private SqliteRows() {}

    /** Adds entries; the last one carries the append id. */
    static void insertEntries(
            Session session, String run, List<Entry> entries, long epoch, String appendId)
            throws SQLException {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            session.update(
                    "INSERT INTO orc_entry (run, seq, type, version, at, epoch, append_id, body)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    run,
                    entry.sequence(),
                    entry.type(),
                    (long) entry.version(),
                    Micros.of(entry.at()),
                    epoch,
                    i == entries.size() - 1 ? appendId : null,
                    entry.body());
        }
    }

    static void replaceWaitKeys(Session session, String run, Collection<String> keys)
            throws SQLException {
        session.update("DELETE FROM orc_wait WHERE run = ?", run);
        for (String key : keys) {
            session.update(
                    "INSERT INTO orc_wait (wait_key, run) VALUES (?, ?)", Digest.of(key), run);
        }
    }

    static void replaceLabels(Session session, String run, Map<String, String> labels)
            throws SQLException {
        session.update("DELETE FROM orc_label WHERE run = ?", run);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            session.update(
                    "INSERT INTO orc_label (label, run) VALUES (?, ?)",
                    Digest.of(label.getKey(), label.getValue()),
                    run);
        }
    }
}
