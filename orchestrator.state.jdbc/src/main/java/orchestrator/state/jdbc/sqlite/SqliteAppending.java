package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.ClaimQuery;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Stretch;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Appends in the embedded database: a batch is one transaction with one sync, and an entry is one inserted row. */
final class SqliteAppending implements Topics.Appending {
    private static final String RUN =
            "SELECT owner, incarnation, epoch, inbox_tail, closed_by, closed_epoch, wait_keys, labels, claim_seq, "
                    + Stretch.lastOf("r.id")
                    + " AS last_seq FROM orc_run r WHERE r.id = ?";

    private static final String SUMMARY =
            "UPDATE orc_run SET "
                    + Summaries.COLUMNS.stream()
                            .skip(1)
                            .map(column -> column + " = ?")
                            .collect(Collectors.joining(", "))
                    + ", finished = ?";

    private static final String FREED = ", owner = NULL, incarnation = NULL, due = ?";

    private static final String WHERE = " WHERE id = ?";

    private final Database database;

    SqliteAppending(Database database) {
        this.database = database;
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        return database.write(
                "append to " + appends.size() + " runs",
                session -> {
                    boolean alive = Members.isAlive(session, node);
                    List<AppendOutcome> outcomes = new ArrayList<>();
                    for (Append append : appends) {
                        outcomes.add(append(session, node, alive, append));
                    }
                    return outcomes;
                });
    }

    private static AppendOutcome append(
            Session session, NodeLease node, boolean alive, Append append) throws SQLException {
        Optional<OwnedRun> found = session.first(RUN, OwnedRun::read, append.run());
        if (found.isEmpty()) {
            return AppendOutcome.FENCED;
        }
        OwnedRun run = found.get();
        boolean fits = run.lastSequence() == append.lastSequence();
        if (isRepeated(session, run, append)) {
            return AppendOutcome.APPENDED;
        }
        if (!alive || !run.isOwnedBy(node, append.epoch())) {
            return AppendOutcome.FENCED;
        }
        if (!fits) {
            return AppendOutcome.CONFLICT;
        }
        boolean frees = append.release() || append.ends();
        if (frees && run.inboxTail() > append.inboxSeen()) {
            return AppendOutcome.MAIL;
        }
        store(session, run, append, frees);
        return AppendOutcome.APPENDED;
    }

    /**
     * Whether this append is the newest one of its run. One with entries is known by their row, so a step costs no
     * update; one without entries, a mere release, has updated the run's row anyway and is known by that.
     */
    private static boolean isRepeated(Session session, OwnedRun run, Append append)
            throws SQLException {
        boolean released =
                append.appendId().equals(run.closedBy()) && append.epoch() == run.closedEpoch();
        if (append.entries().isEmpty()) {
            return released;
        }
        long last = append.lastSequence() + append.entries().size();
        if (last != run.lastSequence()) {
            return false;
        }
        return session.first(
                        "SELECT epoch, append_id FROM orc_entry WHERE run = ? ORDER BY seq DESC LIMIT 1",
                        row ->
                                row.getLong("epoch") == append.epoch()
                                        && append.appendId().equals(row.getString("append_id")),
                        append.run())
                .orElse(false);
    }

    private static void store(Session session, OwnedRun run, Append append, boolean frees)
            throws SQLException {
        SqliteRows.insertEntries(
                session, append.run(), append.entries(), append.epoch(), append.appendId());
        for (Long number : append.consumed()) {
            session.update(
                    "UPDATE orc_inbox SET body = NULL WHERE run = ? AND number = ? AND body IS NOT NULL",
                    append.run(),
                    number);
        }
        if (append.summary() != null) {
            storeSummary(session, run, append, frees);
        }
        if (frees && append.summary() == null) {
            session.update(
                    "UPDATE orc_run SET owner = NULL, incarnation = NULL,"
                            + " due = wake_at WHERE id = ?",
                    append.run());
        }
        if (append.entries().isEmpty()) {
            session.update(
                    "UPDATE orc_run SET closed_by = ?, closed_epoch = ? WHERE id = ?",
                    append.appendId(),
                    append.epoch(),
                    append.run());
        }
    }

    private static void storeSummary(Session session, OwnedRun run, Append append, boolean frees)
            throws SQLException {
        RunSummary summary = append.summary();
        Object[] values = Summaries.values(summary);
        List<Object> args = new ArrayList<>(Arrays.asList(values).subList(1, values.length));
        args.add(append.ends() ? 1L : 0L);
        if (frees) {
            args.add(append.ends() ? null : Micros.of(summary.wakeAt()));
        }
        args.add(append.run());
        session.update(frees ? SUMMARY + FREED + WHERE : SUMMARY + WHERE, args.toArray());
        Set<String> waitKeys = append.ends() ? Set.of() : summary.waitKeys();
        if (run.isMended() || !run.waitKeys().isEmpty() || !waitKeys.isEmpty()) {
            SqliteRows.replaceWaitKeys(session, append.run(), waitKeys);
        }
        if (run.isMended() || !run.labels().equals(Text.storedMap(summary.labels()))) {
            SqliteRows.replaceLabels(session, append.run(), summary.labels());
        }
    }

    /** What an append is judged by. */
    private record OwnedRun(
            String owner,
            long incarnation,
            long epoch,
            long inboxTail,
            String closedBy,
            long closedEpoch,
            String waitKeys,
            String labels,
            long claimSequence,
            long lastSequence) {
        static OwnedRun read(java.sql.ResultSet row) throws SQLException {
            return new OwnedRun(
                    row.getString("owner"),
                    row.getLong("incarnation"),
                    row.getLong("epoch"),
                    row.getLong("inbox_tail"),
                    row.getString("closed_by"),
                    row.getLong("closed_epoch"),
                    row.getString("wait_keys"),
                    row.getString("labels"),
                    row.getLong("claim_seq"),
                    row.getLong("last_seq"));
        }

        boolean isMended() {
            return claimSequence == ClaimQuery.MENDING;
        }

        boolean isOwnedBy(NodeLease node, long expected) {
            return owner != null
                    && owner.equals(Text.stored(node.node()))
                    && incarnation == node.incarnation()
                    && epoch == expected;
        }
    }
}
