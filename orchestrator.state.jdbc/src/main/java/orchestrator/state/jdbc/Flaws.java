package orchestrator.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.state.Flaw;

/** Where the rows of a run contradict each other. */
final class Flaws {
    private static final int MAX_RUNS = 256;

    // One statement, so that a run is seen as of one moment. An owner is lost (2) if no claim would
    // ever fence it.
    private static final String ROWS =
            "SELECT r.id, 'run' AS part, r.wait_keys AS a, r.labels AS b, r.owner AS c, r.finished AS n,"
                    + " r.inbox_tail AS m, CASE WHEN r.owner IS NULL THEN 0"
                    + " WHEN f.node IS NULL OR r.incarnation IS NULL OR r.incarnation > f.incarnation THEN 2"
                    + " WHEN f.alive = 1 AND f.incarnation = r.incarnation AND l.node IS NULL THEN 2"
                    + " ELSE 1 END AS owned, CASE WHEN r.owner IS NULL AND r.finished = 0"
                    + " AND (r.wake_at IS NOT NULL AND (r.due IS NULL OR r.due > r.wake_at)"
                    + " OR r.status IN ('QUEUED', 'RUNNING') AND r.due IS NULL)"
                    + " THEN 1 ELSE 0 END AS late, CASE WHEN (r.status IN ('COMPLETED', 'FAILED',"
                    + " 'CANCELLED')) = (r.finished = 1) THEN 0 ELSE 1 END AS undecided"
                    + " FROM orc_run r LEFT JOIN orc_fence f ON f.node = r.owner"
                    + " LEFT JOIN orc_lease l ON l.node = r.owner AND l.incarnation = r.incarnation"
                    + " AND l.expires IS NOT NULL WHERE r.id IN (%1$s)"
                    + " UNION ALL SELECT run, 'wait', wait_key, NULL, NULL, 0, 0, 0, 0, 0 FROM orc_wait"
                    + " WHERE run IN (%1$s)"
                    + " UNION ALL SELECT run, 'label', label, NULL, NULL, 0, 0, 0, 0, 0 FROM orc_label"
                    + " WHERE run IN (%1$s)"
                    + " UNION ALL SELECT run, 'inbox', NULL, NULL, NULL, max(number), count(body), 0, 0, 0"
                    + " FROM orc_inbox WHERE run IN (%1$s) GROUP BY run"
                    + " UNION ALL SELECT s.run, 'snapshot', NULL, NULL, NULL, s.seq, "
                    + Stretch.lastOf("s.run")
                    + ", 0, 0, 0"
                    + " FROM orc_snapshot s WHERE s.run IN (%1$s)";

    private static final int PARTS = 5;

    private final Database database;

    Flaws(Database database) {
        this.database = database;
    }

    List<Flaw> of(Collection<String> runs) {
        List<String> ids = runs.stream().distinct().sorted().toList();
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += MAX_RUNS) {
            Marks marks = Marks.of(ids.subList(i, Math.min(ids.size(), i + MAX_RUNS)));
            List<Object> args = new ArrayList<>();
            for (int part = 0; part < PARTS; part++) {
                args.addAll(marks.values());
            }
            Map<String, RunRows> found = new TreeMap<>();
            database.read(
                    "look into runs",
                    session ->
                            session.query(
                                    ROWS.formatted(marks.sql()),
                                    row -> take(row, found),
                                    args.toArray()));
            found.values().forEach(rows -> rows.judge(flaws));
        }
        return flaws;
    }

    private static boolean take(ResultSet row, Map<String, RunRows> found) throws SQLException {
        RunRows run = found.computeIfAbsent(row.getString("id"), RunRows::new);
        switch (row.getString("part")) {
            case "run" -> run.take(row);
            case "wait" -> run.waits.add(row.getString("a"));
            case "label" -> run.labels.add(row.getString("a"));
            case "inbox" -> {
                run.newestMessage = row.getLong("n");
                run.unread = row.getLong("m");
            }
            default -> {
                run.snapshot = row.getLong("n");
                run.newestEntry = row.getLong("m");
            }
        }
        return true;
    }
}
