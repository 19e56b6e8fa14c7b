package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.List;
import orchestrator.state.jdbc.Marks;

/**
 * The runs that a claim may take, as parts of a statement. Each kind is read in the order of claims along an index and no
 * further than the limit, so that a claim costs as much as it takes, however many wait: runs that are due by priority and
 * time, those of fenced leases by priority. Priorities and incarnations are few; they are found by jumping from one to the
 * next. Only runs that wait for a key are all looked at, because a key does not know their priorities.
 *
 * <p>Each condition is judged once more when the row is locked, as it then is.
 */
final class PostgresCandidates {
    private static final String PRIORITIES =
            "prio(p) AS ((SELECT r.priority FROM orc_run r WHERE r.owner IS NULL"
                    + " AND r.due IS NOT NULL ORDER BY r.priority DESC LIMIT 1) UNION ALL"
                    + " SELECT (SELECT r.priority FROM orc_run r WHERE r.owner IS NULL"
                    + " AND r.due IS NOT NULL AND r.priority < prio.p ORDER BY r.priority DESC LIMIT 1)"
                    + " FROM prio WHERE prio.p IS NOT NULL), ";

    private static final String DUE =
            "due AS MATERIALIZED (SELECT x.id, x.priority, x.due AS since FROM prio CROSS JOIN LATERAL"
                    + " (SELECT r.id, r.priority, r.due FROM orc_run r WHERE r.owner IS NULL"
                    + " AND r.finished = 0 AND r.priority = prio.p AND r.due <= (SELECT now FROM t)"
                    + " ORDER BY r.due, r.id LIMIT ?$LOCK) x), ";

    private static final String FORMER =
            "former(node, incarnation, newest) AS (SELECT f.node, (SELECT min(r.incarnation)"
                    + " FROM orc_run r WHERE r.owner = f.node), f.incarnation - f.alive FROM orc_fence f"
                    + " UNION ALL SELECT o.node, (SELECT min(r.incarnation) FROM orc_run r"
                    + " WHERE r.owner = o.node AND r.incarnation > o.incarnation), o.newest"
                    + " FROM former o WHERE o.incarnation < o.newest), ";

    private static final String ORPHANED =
            "orphaned AS MATERIALIZED (SELECT x.id, x.priority, 0::bigint AS since FROM former o"
                    + " CROSS JOIN LATERAL (SELECT r.id, r.priority FROM orc_run r WHERE r.owner = o.node"
                    + " AND r.incarnation = o.incarnation AND r.finished = 0"
                    + " ORDER BY r.priority DESC, r.id LIMIT ?$LOCK) x WHERE o.incarnation <= o.newest), ";

    // Not those that are due as well: they are among the others.
    private static final String KEYED =
            "keyed AS MATERIALIZED (SELECT r.id, r.priority, (SELECT now FROM t) AS since"
                    + " FROM orc_run r WHERE r.id IN (SELECT w.run FROM orc_wait w WHERE w.wait_key IN ($KEYS))"
                    + " AND r.owner IS NULL AND r.finished = 0"
                    + " AND (r.due IS NULL OR r.due > (SELECT now FROM t))"
                    + " ORDER BY r.priority DESC, r.id LIMIT ?$LOCK), ";

    private static final String ALL =
            "candidate AS (SELECT * FROM due UNION ALL SELECT * FROM orphaned UNION ALL"
                    + " SELECT * FROM keyed)";

    private PostgresCandidates() {}

    /**
     * Common tables up to {@code candidate(id, priority, since)}, after one {@code t} with the time {@code now}; the whole
     * is to be {@code WITH RECURSIVE}.
     *
     * @param lock how rows are locked, beginning with a blank, or empty
     */
    static String tables(Marks waitKeys, String lock) {
        return (PRIORITIES + DUE + FORMER + ORPHANED + KEYED + ALL)
                .replace("$LOCK", lock)
                .replace("$KEYS", waitKeys.sql());
    }

    /** Their arguments. */
    static List<Object> arguments(Marks waitKeys, int limit) {
        List<Object> args = new ArrayList<>();
        args.add((long) limit);
        args.add((long) limit);
        args.addAll(waitKeys.values());
        args.add((long) limit);
        return args;
    }
}
