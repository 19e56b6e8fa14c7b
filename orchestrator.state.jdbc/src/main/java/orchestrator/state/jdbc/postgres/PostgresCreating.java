package orchestrator.state.jdbc.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import orchestrator.state.jdbc.Stretch;
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
                    + String.join(", ", Columns.summaryParameters())
                    + ", ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bytea[]) WITH ORDINALITY AS a("
                    + Summaries.columns("")
                    + ", start_key, input_hash, finished, owned, due, n, at, body, ord)"
                    // Nothing at all is created by a fenced node if any run asks for an owner.
                    + " WHERE ? = 0 OR EXISTS (SELECT 1 FROM fence)),"
                    + " k AS (INSERT INTO orc_start_key (workflow, start_key, run, input_hash)"
                    + " SELECT workflow, start_key, id, input_hash FROM a WHERE start_key IS NOT NULL"
                    + " AND (SELECT r.epoch FROM orc_run r WHERE r.id = a.id) IS NULL"
                    + " ORDER BY workflow COLLATE \"C\", start_key COLLATE \"C\", ord ON CONFLICT DO NOTHING RETURNING run),"
                    + " made AS (INSERT INTO orc_run ("
                    + Summaries.columns("")
                    + ", finished, owner, incarnation, epoch, due, inbox_tail, claim_no, claim_seq,"
                    + " claim_count) SELECT "
                    + Summaries.columns("a.")
                    + ", finished, CASE WHEN owned = 1 AND finished = 0 THEN ? END,"
                    + " CASE WHEN owned = 1 AND finished = 0 THEN ?::bigint END, 1, due, 0, 0, -1, 0"
                    + " FROM a WHERE start_key IS NULL OR id IN (SELECT run FROM k)"
                    + " ORDER BY id COLLATE \"C\" ON CONFLICT DO NOTHING RETURNING id),"
                    + " e AS (INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, body)"
                    + " SELECT a.id, 1, a.n, '"
                    + Stretch.TYPE
                    + "', "
                    + Stretch.VERSION
                    + ", a.at, 1, a.body FROM a JOIN made ON made.id = a.id WHERE a.n > 0),"
                    + " w AS (INSERT INTO orc_wait (wait_key, run) SELECT w.wait_key, w.run"
                    + " FROM unnest(?::text[], ?::text[]) AS w(wait_key, run) JOIN made ON made.id = w.run),"
                    + " l AS (INSERT INTO orc_label (label, run) SELECT l.label, l.run"
                    + " FROM unnest(?::text[], ?::text[]) AS l(label, run) JOIN made ON made.id = l.run)"
                    // The ids only if some are missing.
                    + " SELECT (SELECT count(*) FROM fence) AS alive,"
                    + " CASE WHEN (SELECT count(*) FROM made) < ?"
                    + " THEN array(SELECT id FROM made) END AS ids";

    private final Database database;
    private final SingleCreate single;

    PostgresCreating(Database database) {
        this.database = database;
        this.single = new SingleCreate(database);
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        if (SingleCreate.fits(runs) && single.execute(node, runs.get(0))) {
            return List.of(
                    new CreateOutcome(CreateOutcome.Kind.CREATED, runs.get(0).summary().id()));
        }
        return database.writeOften(
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
        Made made = session.first(CREATE, Made::read, arguments(node, runs, owned)).orElseThrow();
        if (owned && !made.alive()) {
            throw Members.fenced(node);
        }
        return made.ids() == null
                ? runs.stream().map(run -> run.summary().id()).collect(Collectors.toSet())
                : made.ids();
    }

    /** What came of the statement; the ids are null if every run was made. */
    private record Made(boolean alive, Set<String> ids) {
        static Made read(ResultSet row) throws SQLException {
            Array ids = row.getArray("ids");
            return new Made(
                    row.getLong("alive") == 1,
                    ids == null ? null : Set.of((String[]) ids.getArray()));
        }
    }

    private static Object[] arguments(NodeLease node, List<NewRun> runs, boolean anyOwned) {
        Columns rows = new Columns();
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
                                            finished ? null : Micros.of(summary.wakeAt()),
                                            (long) run.entries().size(),
                                            run.entries().isEmpty()
                                                    ? null
                                                    : Micros.of(run.entries().get(0).at()),
                                            Stretch.write(run.entries())))
                            .toArray());
            PostgresRows.addWaits(waits, summary);
            PostgresRows.addLabels(labels, summary);
        }
        List<Object> args = new ArrayList<>();
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        rows.addSummaries(args, 0, 0);
        int next = Summaries.COLUMNS.size();
        args.add(rows.texts(next));
        args.add(rows.texts(next + 1));
        args.add(rows.numbers(next + 2));
        args.add(rows.numbers(next + 3));
        for (int column = next + 4; column < next + 7; column++) {
            args.add(rows.numbers(column));
        }
        args.add(rows.bytes(next + 7));
        args.add(anyOwned ? 1 : 0);
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        args.add(waits.texts(0));
        args.add(waits.texts(1));
        args.add(labels.texts(0));
        args.add(labels.texts(1));
        args.add((long) runs.size());
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
