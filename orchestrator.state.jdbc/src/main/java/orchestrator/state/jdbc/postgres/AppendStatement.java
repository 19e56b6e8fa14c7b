package orchestrator.state.jdbc.postgres;

import java.util.List;
import java.util.stream.Collectors;
import orchestrator.state.jdbc.ClaimQuery;
import orchestrator.state.jdbc.Stretch;
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
 *   <li><b>Release against post.</b> Both lock the run's row first; {@code l} gives the inbox tail as it is under that
 *       lock. Whichever comes second sees the other.
 *   <li><b>An append that is repeated while the first try is still running.</b> With entries, the second meets the first
 *       at the primary key (run, first sequence), waits for its end, and fails as a whole; it is then executed anew and
 *       finds the append stored. A release meets it at the run's row, and is then told FENCED, because the run has no
 *       owner any more while the snapshot is from before: therefore FENCED is asked again, once, with a new snapshot.
 *   <li><b>A first try that wakes up long after the second has succeeded.</b> The number of its first entry is taken, and
 *       the run it would update is no more its own: it changes nothing.
 *   <li><b>Rows cannot overlap.</b> Every append begins where some append ended, so two that would overlap begin alike,
 *       and meet at the primary key.
 *   <li><b>No step updates a row.</b> The journal's last sequence is the newest row's; an append is known by the id in
 *       it. One without entries updates the run anyway, and is known by {@code closed_by}.
 *   <li><b>Deadlocks.</b> The fence before runs, runs in the order of their ids, here and in posts; a claim skips what is
 *       locked, unless that leaves it nothing: then it waits for it, once. The batch is given in that order, and what is looked up for a row of it is looked up in its turn.
 * </ul>
 *
 * <p>Why it is fast: those that only add entries, as most do, stand apart from those that change their runs and have the
 * columns of a summary; everything about an append is one row, so that nothing is joined but by an index; and
 * look-ups are {@code LATERAL} with a {@code LIMIT}, so that the plan is the same however many runs are stored and
 * whatever the planner believes about their number.
 */
final class AppendStatement {
    /** The summary's columns but for the id. */
    private static final List<String> LISTED =
            Summaries.COLUMNS.subList(1, Summaries.COLUMNS.size());

    private static final String FENCE =
            "WITH fence AS MATERIALIZED (SELECT 1 FROM orc_fence WHERE node = ? AND incarnation = ?"
                    + " AND alive = 1 FOR SHARE),";

    private static final String APPENDS =
            " $SET AS MATERIALIZED (SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[],"
                    + " ?::bigint[], ?::bigint[], ?::bytea[]$PARAMETERS)"
                    + " AS a(run, epoch, append_id, last, n, at, body$COLUMNS)),";

    private static final String CHECKED =
            " $CHECKED AS MATERIALIZED (SELECT a.*$OLD, CASE"
                    // The append is there, and is the newest one.
                    + " WHEN a.n > 0 AND j.append_id = a.append_id AND j.epoch = a.epoch"
                    + " AND j.seq + j.entries = a.last + a.n + 1 THEN 'REPEATED'"
                    + "$REPEATED"
                    + " WHEN r.epoch IS NULL OR NOT EXISTS (SELECT 1 FROM fence) THEN 'FENCED'"
                    + "$UNLOCKED"
                    + " WHEN r.owner = ? AND r.incarnation = ? AND r.epoch = a.epoch THEN CASE"
                    + " WHEN coalesce(j.seq + j.entries - 1, 0) <> a.last THEN 'CONFLICT'"
                    + "$MAIL"
                    + " ELSE 'NEW' END ELSE 'FENCED' END AS outcome FROM $SET a"
                    + " LEFT JOIN LATERAL (SELECT q.owner, q.incarnation, q.epoch, q.closed_by,"
                    + " q.closed_epoch FROM orc_run q WHERE q.id = a.run LIMIT 1) r ON true"
                    + " LEFT JOIN LATERAL (SELECT e.seq, e.entries, e.append_id, e.epoch FROM orc_entry e"
                    + " WHERE e.run = a.run ORDER BY e.seq DESC LIMIT 1) j ON true"
                    + "$LOCKED),";

    // Only runs whose row changes are locked; nothing is locked for a fenced node. The owner is
    // compared so that its index is no choice: a node has many runs, and more that it had.
    private static final String LOCKED =
            " LEFT JOIN LATERAL (SELECT q.id, q.inbox_tail, q.wait_keys, q.labels, q.claim_seq FROM orc_run q"
                    + " WHERE q.id = a.run AND EXISTS (SELECT 1 FROM fence)"
                    + " AND q.owner IS NOT DISTINCT FROM ? AND q.incarnation IS NOT DISTINCT FROM ?"
                    + " AND q.epoch = a.epoch FOR UPDATE) l ON true";

    private static final String ENTRIES =
            " e_$CHECKED AS (INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, append_id, body)"
                    + " SELECT run, last + 1, n, '"
                    + Stretch.TYPE
                    + "', "
                    + Stretch.VERSION
                    + ", at, epoch, append_id, body FROM $CHECKED WHERE outcome = 'NEW' AND n > 0)";

    private static final String CONSUMED =
            ", i AS (UPDATE orc_inbox SET body = NULL FROM ($OUTCOMES) c,"
                    + " unnest(?::text[], ?::bigint[])"
                    + " AS m(run, number) WHERE c.outcome = 'NEW' AND c.run = m.run"
                    + " AND orc_inbox.run = m.run AND orc_inbox.number = m.number"
                    + " AND orc_inbox.body IS NOT NULL)";

    private static final String ROWS =
            ", u AS (UPDATE orc_run SET "
                    + LISTED.stream()
                            .map(
                                    name ->
                                            name
                                                    + " = CASE WHEN c.listed = 1 THEN c."
                                                    + name
                                                    + " ELSE orc_run."
                                                    + name
                                                    + " END")
                            .collect(Collectors.joining(", "))
                    + ", finished = c.ends,"
                    + " owner = CASE WHEN c.frees = 1 THEN NULL ELSE orc_run.owner END,"
                    + " incarnation = CASE WHEN c.frees = 1 THEN NULL ELSE orc_run.incarnation END,"
                    + " due = CASE WHEN c.ends = 1 THEN NULL WHEN c.frees = 0 THEN orc_run.due"
                    + " WHEN c.listed = 1 THEN c.wake_at ELSE orc_run.wake_at END,"
                    + " closed_by = CASE WHEN c.n = 0 THEN c.append_id ELSE orc_run.closed_by END,"
                    + " closed_epoch = CASE WHEN c.n = 0 THEN c.epoch ELSE orc_run.closed_epoch END"
                    + " FROM changed c WHERE c.outcome = 'NEW' AND orc_run.id = c.run)"
                    + keys("w", "orc_wait", "wait_key", "c.waits")
                    + keys("k", "orc_label", "label", "c.labelled");

    private static final String OUTCOMES = "SELECT run, outcome FROM ";

    private AppendStatement() {}

    /**
     * The statement for a batch.
     *
     * @param changes whether it changes runs, by summaries or releases
     * @param consumes whether it takes in messages
     */
    static String of(boolean changes, boolean consumes) {
        String outcomes =
                changes ? OUTCOMES + "added UNION ALL " + OUTCOMES + "changed" : OUTCOMES + "added";
        return FENCE
                + adding()
                + (changes ? changing() : "")
                + ENTRIES.replace("$CHECKED", "added")
                + (changes ? "," + ENTRIES.replace("$CHECKED", "changed") + ROWS : "")
                + (consumes ? CONSUMED.replace("$OUTCOMES", outcomes) : "")
                + " SELECT run, outcome FROM ("
                + outcomes
                + ") o WHERE outcome NOT IN ('NEW', 'REPEATED')";
    }

    /** Those that only add entries: {@code a}, looked at in {@code added}. */
    private static String adding() {
        return (APPENDS + CHECKED)
                .replace("$SET", "a")
                .replace("$CHECKED", "added")
                .replaceAll("\\$[A-Z]+", "");
    }

    /** Those that change the run's row, too: {@code b}, looked at in {@code changed}. */
    private static String changing() {
        return (APPENDS + CHECKED)
                .replace("$SET", "b")
                .replace("$CHECKED", "changed")
                .replace(
                        "$PARAMETERS",
                        ", ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], "
                                + String.join(
                                        ", ",
                                        Columns.summaryParameters().subList(1, LISTED.size() + 1)))
                .replace("$COLUMNS", ", seen, frees, ends, listed, " + String.join(", ", LISTED))
                .replace("$OLD", keysToWrite())
                .replace(
                        "$REPEATED",
                        " WHEN a.n = 0 AND r.closed_by = a.append_id"
                                + " AND r.closed_epoch = a.epoch THEN 'REPEATED'")
                .replace("$UNLOCKED", " WHEN l.id IS NULL THEN 'FENCED'")
                .replace("$MAIL", " WHEN a.frees = 1 AND l.inbox_tail > a.seen THEN 'MAIL'")
                .replace("$LOCKED", LOCKED);
    }

    /**
     * Whether what stands beside the run's row is to be written anew; a run that has ended waits for nothing. All of it of a run
     * that is mended.
     */
    private static String keysToWrite() {
        String mended = "l.claim_seq = " + ClaimQuery.MENDING + " OR ";
        return ", a.listed = 1 AND ("
                + mended
                + "l.wait_keys IS DISTINCT FROM a.wait_keys"
                + " OR a.ends = 1 AND l.wait_keys <> '') AS waits, a.listed = 1 AND ("
                + mended
                + "l.labels IS DISTINCT FROM a.labels) AS labelled";
    }

    /** Keys of a run: those that are new are added, those that are gone are removed, no row is in both. */
    private static String keys(String name, String table, String key, String changed) {
        return String.format(
                ", %1$sn AS (SELECT k.key, k.run FROM unnest(?::text[], ?::text[]) AS k(key, run)"
                        + " JOIN changed c ON c.run = k.run WHERE c.outcome = 'NEW' AND %4$s),"
                        + " %1$sd AS (DELETE FROM %2$s USING changed c WHERE c.outcome = 'NEW' AND %4$s"
                        + " AND %2$s.run = c.run AND NOT EXISTS"
                        + " (SELECT 1 FROM %1$sn WHERE %1$sn.run = %2$s.run AND %1$sn.key = %2$s.%3$s)),"
                        + " %1$si AS (INSERT INTO %2$s (%3$s, run) SELECT key, run FROM %1$sn"
                        + " ON CONFLICT DO NOTHING)",
                name, table, key, changed);
    }
}
