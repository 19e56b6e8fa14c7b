package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import orchestrator.api.state.Append;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.ClaimQuery;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Stretch;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;

/**
 * One append that ends its run, while nothing beside the run's row changes: the same checks under the same locks as in
 * {@link AppendStatement}, without arrays and what belongs to batches. It either takes effect as a whole or tells
 * nothing; then the other statement finds out why.
 *
 * <p>A post that comes meanwhile holds the run's row: the update waits for it, and looks at the inbox's tail as it then is.
 */
final class SingleEnd {
    // The owner is compared so that its index is no choice: a node has many runs.
    private static final String SQL =
            "WITH fence AS MATERIALIZED (SELECT node, incarnation FROM orc_fence WHERE node = ?"
                    + " AND incarnation = ? AND alive = 1 FOR SHARE),"
                    + " u AS (UPDATE orc_run r SET "
                    + Summaries.COLUMNS.stream()
                            .skip(1)
                            .map(name -> name + " = " + Columns.parameter(name))
                            .collect(Collectors.joining(", "))
                    + ", finished = 1, owner = NULL, incarnation = NULL, due = NULL FROM fence"
                    + " WHERE r.id = ? AND r.owner IS NOT DISTINCT FROM fence.node"
                    + " AND r.incarnation IS NOT DISTINCT FROM fence.incarnation"
                    + " AND r.epoch = ? AND r.inbox_tail <= ? AND r.wait_keys = '' AND r.labels = ?"
                    + " AND r.claim_seq <> "
                    + ClaimQuery.MENDING
                    + " AND "
                    + Stretch.lastOf("r.id")
                    + " = ? RETURNING r.id)"
                    + " INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, append_id, body)"
                    + " SELECT id, ?::bigint, ?::bigint, '"
                    + Stretch.TYPE
                    + "', "
                    + Stretch.VERSION
                    + ", ?::bigint, ?::bigint, ?::text, ?::bytea FROM u";

    private final Database database;

    SingleEnd(Database database) {
        this.database = database;
    }

    static boolean fits(List<Append> appends) {
        return appends.size() == 1
                && appends.get(0).ends()
                && !appends.get(0).entries().isEmpty()
                && appends.get(0).consumed().isEmpty();
    }

    /** Whether the run was ended by this call. */
    boolean execute(NodeLease node, Append append) {
        List<Entry> entries = append.entries();
        Object[] listed = Summaries.values(append.summary());
        List<Object> args = new ArrayList<>();
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        args.addAll(Arrays.asList(listed).subList(1, listed.length));
        args.add(append.run());
        args.add(append.epoch());
        args.add(append.inboxSeen());
        args.add(Text.storedMap(append.summary().labels()));
        args.add(append.lastSequence());
        args.add(append.lastSequence() + 1);
        args.add((long) entries.size());
        args.add(Micros.of(entries.get(0).at()));
        args.add(append.epoch());
        args.add(append.appendId());
        args.add(Stretch.write(entries));
        return database.<Integer>writeOften(
                        "append the end of run " + append.run(),
                        session -> session.update(SQL, args.toArray()))
                == 1;
    }
}
