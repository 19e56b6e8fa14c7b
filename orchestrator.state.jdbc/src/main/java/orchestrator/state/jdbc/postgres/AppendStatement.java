package orchestrator.state.jdbc.postgres;

import java.util.stream.Collectors;
import orchestrator.state.jdbc.Summaries;

/**
 * The statement that appends a batch. Most batches only add entries, and leave everything else out.
 *
 * <p>Why this is right under READ COMMITTED, where the whole statement sees one snapshot, except that rows it locks or
 * updates are seen as they then are:
 *
 * <ul>
 *   <li><b>Late append against claim.</b> {@code fence} locks the node's fence row until the commit. A takeover updates
 *       that row and commits before it claims: either it waits for this batch, and the claim sees these entries, or this
 *       batch waits for it, and finds itself fenced.
 *   <li><b>Release against post.</b> Both lock the run's row first; {@code locked} gives the inbox tail as it is under
 *       that lock. Whichever comes second sees the other.
 *   <li><b>An append that is repeated while the first try is still running.</b> With entries, the second meets the first
 *       at the primary key (run, sequence), waits for its end, and fails as a whole; it is then executed anew and finds
 *       the append stored. A release meets it at the run's row, and is then told FENCED, because the run has no owner
 *       any more while the snapshot is from before: therefore FENCED is asked again, once, with a new snapshot.
 *   <li><b>A first try that wakes up long after the second has succeeded.</b> Its entries' numbers are taken, and the run
 *       it would update is no more its own: it changes nothing.
 *   <li><b>No step updates a row.</b> The journal's last sequence is the newest entry's; an append is known by the id in
 *       its last entry. One without entries updates the run anyway, and is known by {@code closed_by}.
 *   <li><b>Deadlocks.</b> The fence before runs, runs in the order of their ids, here and in posts; claims skip what is
 *       locked.
 * </ul>
 */
final class AppendStatement {
    private static final String FENCE =
            "WITH fence AS MATERIALIZED (SELECT 1 FROM orc_fence WHERE node = ? AND incarnation = ?"
                    + " AND alive = 1 FOR SHARE),";

    private static final String APPENDS =
            " a AS MATERIALIZED (SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[],"
                    + " ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY"
                    + " AS a(run, epoch, append_id, last, n, seen, touches, frees, ends, ord)),";

    // Only runs whose row changes are locked; nothing is locked for a fenced node. The owner is not
    // compared with "=", or the
    // runs would be looked for among all that the node owns.
    private static final String LOCKED =
            " locked AS MATERIALIZED (SELECT r.id, r.inbox_tail FROM a JOIN orc_run r ON r.id = a.run"
                    + " WHERE a.touches = 1 AND EXISTS (SELECT 1 FROM fence)"
                    + " AND r.owner IS NOT DISTINCT FROM ?"
                    + " AND r.incarnation IS NOT DISTINCT FROM ? AND r.epoch = a.epoch ORDER BY r.id FOR UPDATE OF r),";

    private static final String NOT_LOCKED =
            " locked AS (SELECT NULL::text AS id, 0::bigint AS inbox_tail WHERE false),";

    private static final String CHECKED =
            " checked AS MATERIALIZED (SELECT a.run, a.n, a.touches, a.frees, a.ends, a.append_id, a.epoch,"
                    + " a.ord, CASE"
                    // The append is there: its last entry, and none of the same epoch after it.
                    // Single values, because EXISTS may be planned as a scan of all entries.
                    + " WHEN a.n > 0 AND (SELECT d.append_id FROM orc_entry d WHERE d.run = a.run"
                    + " AND d.seq = a.last + a.n AND d.epoch = a.epoch) = a.append_id"
                    + " AND (SELECT d.epoch FROM orc_entry d WHERE d.run = a.run"
                    + " AND d.seq = a.last + a.n + 1) IS DISTINCT FROM a.epoch THEN 'REPEATED'"
                    + " WHEN a.n = 0 AND r.closed_by = a.append_id AND r.closed_epoch = a.epoch"
                    + " THEN 'REPEATED'"
                    + " WHEN r.id IS NULL OR NOT EXISTS (SELECT 1 FROM fence) THEN 'FENCED'"
                    + " WHEN a.touches = 1 AND l.id IS NULL THEN 'FENCED'"
                    + " WHEN r.owner = ? AND r.incarnation = ? AND r.epoch = a.epoch THEN CASE"
                    + " WHEN coalesce((SELECT max(m.seq) FROM orc_entry m WHERE m.run = a.run), 0) <> a.last"
                    + " THEN 'CONFLICT'"
                    + " WHEN a.frees = 1 AND l.inbox_tail > a.seen THEN 'MAIL'"
                    + " ELSE 'NEW' END ELSE 'FENCED' END AS outcome"
                    + " FROM a LEFT JOIN orc_run r ON r.id = a.run LEFT JOIN locked l ON l.id = a.run),";

    private static final String ENTRIES =
            " e AS (INSERT INTO orc_entry (run, seq, type, version, at, epoch, body, append_id)"
                    + " SELECT e.* FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bytea[], ?::text[]) AS e(run, seq, type, version, at, epoch, body,"
                    + " append_id) JOIN checked c ON c.run = e.run AND c.outcome = 'NEW')";

    private static final String CONSUMED =
            ", i AS (UPDATE orc_inbox SET body = NULL FROM checked c, unnest(?::text[], ?::bigint[])"
                    + " AS m(run, number) WHERE c.outcome = 'NEW' AND c.run = m.run"
                    + " AND orc_inbox.run = m.run AND orc_inbox.number = m.number"
                    + " AND orc_inbox.body IS NOT NULL)";

    private static final String ROWS =
            ", s AS (SELECT s.*, c.ends FROM unnest("
                    + Columns.summaryParameters()
                    + ") AS s("
                    + Summaries.columns("")
                    + ") JOIN checked c ON c.run = s.id AND c.outcome = 'NEW'),"
                    + " u AS (UPDATE orc_run SET "
                    + Summaries.COLUMNS.stream()
                            .skip(1)
                            .map(
                                    name ->
                                            name
                                                    + " = CASE WHEN s.id IS NULL THEN orc_run."
                                                    + name
                                                    + " ELSE s."
                                                    + name
                                                    + " END")
                            .collect(Collectors.joining(", "))
                    + ", finished = c.ends,"
                    + " owner = CASE WHEN c.frees = 1 THEN NULL ELSE orc_run.owner END,"
                    + " incarnation = CASE WHEN c.frees = 1 THEN NULL ELSE orc_run.incarnation END,"
                    + " due = CASE WHEN c.ends = 1 THEN NULL WHEN c.frees = 0 THEN orc_run.due"
                    + " WHEN s.id IS NULL THEN orc_run.wake_at ELSE s.wake_at END,"
                    + " closed_by = CASE WHEN c.n = 0 THEN c.append_id ELSE orc_run.closed_by END,"
                    + " closed_epoch = CASE WHEN c.n = 0 THEN c.epoch ELSE orc_run.closed_epoch END"
                    + " FROM checked c LEFT JOIN s ON s.id = c.run"
                    + " WHERE c.touches = 1 AND c.outcome = 'NEW' AND orc_run.id = c.run)"
                    + keys("w", "orc_wait", "wait_key")
                    + keys("l", "orc_label", "label");

    /** Adding entries, consuming messages, and nothing else. */
    static final String ENTRIES_ONLY =
            FENCE + APPENDS + NOT_LOCKED + CHECKED + ENTRIES + CONSUMED + result();

    /** The same with summaries and releases. */
    static final String FULL =
            FENCE + APPENDS + LOCKED + CHECKED + ENTRIES + CONSUMED + ROWS + result();

    private AppendStatement() {}

    /** Keys of a run: those that are new are added, those that are gone are removed, no row is in both. */
    private static String keys(String name, String table, String key) {
        return String.format(
                ", %1$sn AS (SELECT k.key, k.run FROM unnest(?::text[], ?::text[]) AS k(key, run)"
                        + " JOIN s ON s.id = k.run),"
                        + " %1$sd AS (DELETE FROM %2$s USING s WHERE %2$s.run = s.id AND NOT EXISTS"
                        + " (SELECT 1 FROM %1$sn WHERE %1$sn.run = %2$s.run AND %1$sn.key = %2$s.%3$s)),"
                        + " %1$si AS (INSERT INTO %2$s (%3$s, run) SELECT key, run FROM %1$sn"
                        + " ON CONFLICT DO NOTHING)",
                name, table, key);
    }

    private static String result() {
        return " SELECT outcome FROM checked ORDER BY ord";
    }
}
