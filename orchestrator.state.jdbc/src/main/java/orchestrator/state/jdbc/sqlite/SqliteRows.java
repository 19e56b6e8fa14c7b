package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.Entry;
import orchestrator.state.jdbc.Digest;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Stretch;

/** Rows that both new runs and appends write. */
final class SqliteRows {
    private SqliteRows() {}

    /** Adds entries, if there are any, as one row. */
    static void insertEntries(
            Session session, String run, List<Entry> entries, long epoch, String appendId)
            throws SQLException {
        if (!entries.isEmpty()) {
            session.update(
                    "INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, append_id, body)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run,
                    entries.get(0).sequence(),
                    (long) entries.size(),
                    Stretch.TYPE,
                    (long) Stretch.VERSION,
                    Micros.of(entries.get(0).at()),
                    epoch,
                    appendId,
                    Stretch.write(entries));
        }
    }

    static void replaceWaitKeys(Session session, String run, Collection<String> keys)
            throws SQLException {
        session.update("DELETE FROM orc_wait WHERE run = ?", run);
        insertWaitKeys(session, run, keys);
    }

    static void insertWaitKeys(Session session, String run, Collection<String> keys)
            throws SQLException {
        for (String key : keys) {
            session.update(
                    "INSERT INTO orc_wait (wait_key, run) VALUES (?, ?)", Digest.of(key), run);
        }
    }

    static void replaceLabels(Session session, String run, Map<String, String> labels)
            throws SQLException {
        session.update("DELETE FROM orc_label WHERE run = ?", run);
        insertLabels(session, run, labels);
    }

    static void insertLabels(Session session, String run, Map<String, String> labels)
            throws SQLException {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            session.update(
                    "INSERT INTO orc_label (label, run) VALUES (?, ?)",
                    Digest.of(label.getKey(), label.getValue()),
                    run);
        }
    }
}
