package orchestrator.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;

/** Which runs can be claimed, and what is told about those that were. */
public final class ClaimQuery {
    private static final int MAX_RUNS = 256;

    /** Since when a run is due that had an owner: before all others. Kept while it is owned. */
    private static final long ORPHANED = 0;

    /**
     * In {@code claim_seq}: the run was taken to be mended, and what it is found by is written anew. The same node may
     * take it again, if an answer was lost.
     */
    public static final long MENDING = -2;

    private ClaimQuery() {}

    /** What a claim changes in a run: arguments owner, incarnation, claim number. */
    public static final String TAKE =
            "UPDATE orc_run SET owner = ?, incarnation = ?, claim_no = ?, epoch = epoch + 1,"
                    + " due = pick.since, claim_seq = pick.seq, claim_count ="
                    + " CASE WHEN claim_seq = pick.seq THEN claim_count + 1 ELSE 1 END"
                    + " FROM pick WHERE orc_run.id = pick.id";

    private static final String CLAIMED =
            "SELECT "
                    + Summaries.columns("r.")
                    + ", r.epoch, r.claim_count, r.due, r.inbox_tail, "
                    + Stretch.lastOf("r.id")
                    + " AS last_seq FROM orc_run r"
                    + " WHERE r.owner = ? AND r.incarnation = ?";

    /** Wait keys as they are stored; without any, one that no run has. */
    public static Marks waitKeys(Collection<String> keys) {
        return Marks.of(
                keys.isEmpty() ? List.of("") : keys.stream().map(Digest::of).distinct().toList());
    }

    /** The runs that a node took since one of its claims, best first. */
    public static List<ClaimedRun> claimedSince(Session session, NodeLease node, long claimNo)
            throws SQLException {
        // The tail is read before the messages: a run must never be told of a tail that is newer
        // than its messages,
        // or it would be released without having seen them.
        List<ClaimedRun> runs =
                session.query(
                        CLAIMED + " AND r.claim_no > ? ORDER BY r.priority DESC, r.due, r.id",
                        ClaimQuery::readClaimed,
                        Text.stored(node.node()),
                        node.incarnation(),
                        claimNo);
        return withInboxes(session, runs);
    }

    /** One run that a node owns, as after a claim. */
    static Optional<ClaimedRun> claimed(Session session, NodeLease node, String run)
            throws SQLException {
        List<ClaimedRun> runs =
                session.query(
                        CLAIMED + " AND r.id = ?",
                        ClaimQuery::readClaimed,
                        Text.stored(node.node()),
                        node.incarnation(),
                        run);
        return withInboxes(session, runs).stream().findFirst();
    }

    private static List<ClaimedRun> withInboxes(Session session, List<ClaimedRun> runs)
            throws SQLException {
        Map<String, List<Mail>> inboxes =
                inboxes(session, runs.stream().map(run -> run.summary().id()).toList());
        return runs.stream()
                .map(
                        run ->
                                new ClaimedRun(
                                        run.summary(),
                                        run.epoch(),
                                        run.lastSequence(),
                                        run.fruitlessClaims(),
                                        run.takenOver(),
                                        inboxes.getOrDefault(run.summary().id(), List.of()),
                                        run.inboxTail()))
                .toList();
    }

    private static ClaimedRun readClaimed(ResultSet row) throws SQLException {
        boolean takenOver = row.getLong("due") == ORPHANED && !row.wasNull();
        return new ClaimedRun(
                Summaries.read(row),
                row.getLong("epoch"),
                row.getLong("last_seq"),
                row.getInt("claim_count"),
                takenOver,
                List.of(),
                row.getLong("inbox_tail"));
    }

    private static Map<String, List<Mail>> inboxes(Session session, List<String> ids)
            throws SQLException {
        Map<String, List<Mail>> inboxes = new HashMap<>();
        for (int i = 0; i < ids.size(); i += MAX_RUNS) {
            Marks marks = Marks.of(ids.subList(i, Math.min(ids.size(), i + MAX_RUNS)));
            session.query(
                            "SELECT run, number, message_id, body FROM orc_inbox"
                                    + " WHERE body IS NOT NULL AND run IN ("
                                    + marks.sql()
                                    + ") ORDER BY run, number",
                            Members::readMail,
                            marks.values().toArray())
                    .forEach(
                            mail ->
                                    inboxes.computeIfAbsent(mail.run(), run -> new ArrayList<>())
                                            .add(mail));
        }
        return inboxes;
    }

    /** The earliest time at which a run without an owner is due by itself. */
    public static Optional<Instant> nextWakeAt(Session session) throws SQLException {
        return session.first(
                        "SELECT wake_at FROM orc_run WHERE owner IS NULL AND wake_at IS NOT NULL"
                                + " AND finished = 0 ORDER BY wake_at LIMIT 1",
                        row -> row.getLong("wake_at"))
                .map(Micros::instant);
    }
}
