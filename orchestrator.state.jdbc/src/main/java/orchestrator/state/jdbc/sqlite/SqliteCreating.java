package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Digest;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** New runs in the embedded database: a batch is one transaction. */
final class SqliteCreating implements Topics.Creating {
    private static final String INSERT =
            "INSERT INTO orc_run ("
                    + Summaries.columns("")
                    + ", finished, owner, incarnation, epoch, due, inbox_tail, claim_no, claim_seq,"
                    + " claim_count) VALUES ("
                    + String.join(", ", Collections.nCopies(Summaries.COLUMNS.size() + 3, "?"))
                    + ", 1, ?, 0, 0, -1, 0)";

    private final Database database;

    SqliteCreating(Database database) {
        this.database = database;
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        return database.write(
                "create " + runs.size() + " runs",
                session -> {
                    if (runs.stream().anyMatch(NewRun::owned)) {
                        Members.requireAlive(session, node);
                    }
                    List<CreateOutcome> outcomes = new ArrayList<>();
                    for (NewRun run : runs) {
                        outcomes.add(create(session, node, run));
                    }
                    return outcomes;
                });
    }

    private static CreateOutcome create(Session session, NodeLease node, NewRun run)
            throws SQLException {
        String id = run.summary().id();
        boolean exists =
                session.first("SELECT 1 FROM orc_run WHERE id = ?", row -> true, id).isPresent();
        if (exists) {
            return new CreateOutcome(CreateOutcome.Kind.CREATED, id);
        }
        if (run.startKey() != null) {
            Optional<CreateOutcome> taken = key(session, run);
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        insert(session, node, run);
        return new CreateOutcome(CreateOutcome.Kind.CREATED, id);
    }

    /** Writes the start key, or tells whose it is. */
    private static Optional<CreateOutcome> key(Session session, NewRun run) throws SQLException {
        String workflow = Text.stored(run.summary().workflow());
        String key = Digest.of(run.startKey());
        String hash = Text.stored(run.inputHash());
        int written =
                session.update(
                        "INSERT INTO orc_start_key (workflow, start_key, run, input_hash)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        workflow,
                        key,
                        run.summary().id(),
                        hash);
        if (written == 1) {
            return Optional.empty();
        }
        return session.first(
                "SELECT run, input_hash FROM orc_start_key WHERE workflow = ? AND start_key = ?",
                row ->
                        new CreateOutcome(
                                java.util.Objects.equals(row.getString("input_hash"), hash)
                                        ? CreateOutcome.Kind.EXISTS
                                        : CreateOutcome.Kind.KEY_CONFLICT,
                                row.getString("run")),
                workflow,
                key);
    }

    private static void insert(Session session, NodeLease node, NewRun run) throws SQLException {
        RunSummary summary = run.summary();
        List<Object> args = new ArrayList<>(Arrays.asList(Summaries.values(summary)));
        boolean finished = summary.status().isFinal();
        boolean owned = run.owned() && !finished;
        args.add(finished ? 1L : 0L);
        args.add(owned ? Text.stored(node.node()) : null);
        args.add(owned ? node.incarnation() : null);
        args.add(finished ? null : Micros.of(summary.wakeAt()));
        session.update(INSERT, args.toArray());
        SqliteRows.insertEntries(session, summary.id(), run.entries(), 1, null);
        if (!finished) {
            SqliteRows.insertWaitKeys(session, summary.id(), summary.waitKeys());
        }
        SqliteRows.insertLabels(session, summary.id(), summary.labels());
    }
}
