package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Digest;
import orchestrator.state.jdbc.Marks;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/**
 * New runs on PostgreSQL: one statement writes start keys, runs and entries. Of two creates with one start key, or of one
 * run, the second waits at the unique index until the first has ended, and then writes nothing; what is there instead is
 * read by a statement of its own, which sees what the first has committed.
 */
final class PostgresCreating implements Topics.Creating {
    private static final String CREATE =
            "WITH fence AS MATERIALIZED (SELECT 1 FROM orc_fence WHERE node = ? AND incarnation = ?"
                    + " AND alive = 1 FOR SHARE),"
                    + " a AS MATERIALIZED (SELECT * FROM unnest("
                    + Columns.summaryParameters()
                    + ", ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY AS a("
                    + Summaries.columns("")
                    + ", start_key, input_hash, finished, owned, due, ord)"
                    // Nothing at all is created by a fenced node if any run asks for an owner.
                    + " WHERE ? = 0 OR EXISTS (SELECT 1 FROM fence)),"
                    + " k AS (INSERT INTO orc_start_key (workflow, start_key, run, input_hash)"
                    + " SELECT workflow, start_key, id, input_hash FROM a WHERE start_key IS NOT NULL"
                    + " AND NOT EXISTS (SELECT 1 FROM orc_run r WHERE r.id = a.id)"
                    + " ORDER BY workflow, start_key, ord ON CONFLICT DO NOTHING RETURNING run),"
                    + " made AS (INSERT INTO orc_run ("
                    + Summaries.columns("")
                    + ", finished, owner, incarnation, epoch, due, inbox_tail, claim_no, claim_seq,"
                    + " claim_count) SELECT "
                    + Summaries.columns("a.")
                    + ", finished, CASE WHEN owned = 1 AND finished = 0 THEN ? END,"
                    + " CASE WHEN owned = 1 AND finished = 0 THEN ?::bigint END, owned, due, 0, 0, -1, 0"
                    + " FROM a WHERE start_key IS NULL OR id IN (SELECT run FROM k)"
                    + " ORDER BY id ON CONFLICT DO NOTHING RETURNING id),"
                    + " e AS (INSERT INTO orc_entry (run, seq, type, version, at, epoch, body)"
                    + " SELECT e.* FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bytea[]) AS e(run, seq, type, version, at, epoch, body)"
                    + " JOIN made ON made.id = e.run),"
                    + " w AS (INSERT INTO orc_wait (wait_key, run) SELECT w.wait_key, w.run"
                    + " FROM unnest(?::text[], ?::text[]) AS w(wait_key, run) JOIN made ON made.id = w.run),"
                    + " l AS (INSERT INTO orc_label (label, run) SELECT l.label, l.run"
                    + " FROM unnest(?::text[], ?::text[]) AS l(label, run) JOIN made ON made.id = l.run)"
                    + " SELECT id, (SELECT count(*) FROM fence) AS alive FROM made"
                    + " UNION ALL SELECT NULL, (SELECT count(*) FROM fence)";

    private final Database database;

    PostgresCreating(Database database) {
        this.database = database;
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        return database.write(
                "create " + runs.size() + " runs",
                session -> {
                    Set<String> made = insert(session, node, runs);
                    List<NewRun> others =
                            runs.stream()
                                    .filter(run -> !made.contains(run.summary().id()))
                                    .toList();
                    Map<String, CreateOutcome> found = find(session, others);
                    return runs.stream()
                            .map(NewRun::summary)
                            .map(
                                    run ->
                                            found.getOrDefault(
                                                    run.id(),
                                                    new CreateOutcome(
                                                            CreateOutcome.Kind.CREATED, run.id())))
                            .toList();
                });
    }

    private static Set<String> insert(Session session, NodeLease node, List<NewRun> runs)
            throws SQLException {
        boolean owned = runs.stream().anyMatch(NewRun::owned);
        Set<String> made = new HashSet<>();
        List<Boolean> alive =
                session.query(
                        CREATE,
                        row -> {
                            made.add(row.getString("id"));
                            return row.getLong("alive") == 1;
                        },
                        arguments(node, runs, owned));
        if (owned && !alive.get(0)) {
            throw Members.fenced(node);
        }
        return made;
    }

    private static Object[] arguments(NodeLease node, List<NewRun> runs, boolean anyOwned) {
        Columns rows = new Columns();
        Columns entries = new Columns();
        Columns waits = new Columns();
        Columns labels = new Columns();
        for (NewRun run : runs) {
            RunSummary summary = run.summary();
            boolean finished = summary.status().isFinal();
            rows.add(
                    Stream.concat(
                                    Arrays.stream(Summaries.values(summary)),
                                    Stream.of(
                                            run.startKey() == null
                                                    ? null
                                                    : Digest.of(run.startKey()),
                                            Text.stored(run.inputHash()),
                                            finished ? 1L : 0L,
                                            run.owned() ? 1L : 0L,
                                            finished ? null : Micros.of(summary.wakeAt())))
                            .toArray());
            PostgresRows.addEntries(
                    entries, summary.id(), run.entries(), run.owned() ? 1 : 0, null);
            PostgresRows.addWaits(waits, summary);
            PostgresRows.addLabels(labels, summary);
        }
        List<Object> args = new ArrayList<>();
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        rows.addSummaries(args, 0);
        int next = Summaries.COLUMNS.size();
        args.add(rows.texts(next));
        args.add(rows.texts(next + 1));
        args.add(rows.numbers(next + 2));
        args.add(rows.numbers(next + 3));
        args.add(rows.numbers(next + 4));
        args.add(anyOwned ? 1 : 0);
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        PostgresRows.entryArguments(args, entries, false);
        args.add(waits.texts(0));
        args.add(waits.texts(1));
        args.add(labels.texts(0));
        args.add(labels.texts(1));
        return args.toArray();
    }

    /** What is there instead of runs that were not made: the run itself, from an earlier try, or the start key's. */
    private static Map<String, CreateOutcome> find(Session session, List<NewRun> runs)
            throws SQLException {
        Map<String, CreateOutcome> outcomes = new HashMap<>();
        if (runs.isEmpty()) {
            return outcomes;
        }
        Marks ids = Marks.of(runs.stream().map(run -> run.summary().id()).toList());
        Set<String> existing =
                new HashSet<>(
                        session.query(
                                "SELECT id FROM orc_run WHERE id IN (" + ids.sql() + ")",
                                row -> row.getString("id"),
                                ids.values().toArray()));
        for (NewRun run : runs) {
            String id = run.summary().id();
            if (existing.contains(id)) {
                continue;
            }
            outcomes.put(
                    id,
                    session.first(
                                    "SELECT run, input_hash FROM orc_start_key"
                                            + " WHERE workflow = ? AND start_key = ?",
                                    row ->
                                            outcome(
                                                    run,
                                                    row.getString("run"),
                                                    row.getString("input_hash")),
                                    Text.stored(run.summary().workflow()),
                                    run.startKey() == null ? "" : Digest.of(run.startKey()))
                            .orElseThrow(
                                    () ->
                                            new java.sql.SQLTransientException(
                                                    "Run "
                                                            + id
                                                            + " and its start key were deleted meanwhile")));
        }
        return outcomes;
    }

    private static CreateOutcome outcome(NewRun run, String holder, String hash) {
        return new CreateOutcome(
                Objects.equals(hash, Text.stored(run.inputHash()))
                        ? CreateOutcome.Kind.EXISTS
                        : CreateOutcome.Kind.KEY_CONFLICT,
                holder);
    }
}
