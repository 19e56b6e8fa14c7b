package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Stretch;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;

/**
 * One new run that begins at once on its node, as most do that are started one at a time: what {@link PostgresCreating}
 * writes of it, without arrays and what belongs to batches. It either makes the run or tells nothing; then the other
 * statement finds out why.
 */
final class SingleCreate {
    private static final String SQL =
            "WITH fence AS MATERIALIZED (SELECT node, incarnation FROM orc_fence WHERE node = ?"
                    + " AND incarnation = ? AND alive = 1 FOR SHARE),"
                    + " made AS (INSERT INTO orc_run ("
                    + Summaries.columns("")
                    + ", finished, owner, incarnation, epoch, due, inbox_tail, claim_no, claim_seq,"
                    + " claim_count) SELECT "
                    + Summaries.COLUMNS.stream()
                            .map(Columns::parameter)
                            .collect(Collectors.joining(", "))
                    + ", 0, node, incarnation, 1, ?::bigint, 0, 0, -1, 0 FROM fence"
                    + " ON CONFLICT DO NOTHING RETURNING id)"
                    + " INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, body)"
                    + " SELECT id, 1, ?::bigint, '"
                    + Stretch.TYPE
                    + "', "
                    + Stretch.VERSION
                    + ", ?::bigint, 1, ?::bytea FROM made";

    private final Database database;

    SingleCreate(Database database) {
        this.database = database;
    }

    static boolean fits(List<NewRun> runs) {
        if (runs.size() != 1) {
            return false;
        }
        NewRun run = runs.get(0);
        return run.owned()
                && run.startKey() == null
                && !run.entries().isEmpty()
                && !run.summary().status().isFinal()
                && run.summary().waitKeys().isEmpty()
                && run.summary().labels().isEmpty();
    }

    /** Whether the run was made by this call. */
    boolean execute(NodeLease node, NewRun run) {
        List<Object> args = new ArrayList<>();
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        args.addAll(Arrays.asList(Summaries.values(run.summary())));
        args.add(Micros.of(run.summary().wakeAt()));
        args.add((long) run.entries().size());
        args.add(Micros.of(run.entries().get(0).at()));
        args.add(Stretch.write(run.entries()));
        return database.<Integer>writeOften(
                        "create run " + run.summary().id(),
                        session -> session.update(SQL, args.toArray()))
                == 1;
    }
}
