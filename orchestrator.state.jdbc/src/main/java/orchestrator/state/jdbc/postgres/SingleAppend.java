package orchestrator.state.jdbc.postgres;

import java.util.List;
import orchestrator.api.state.Append;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Stretch;
import orchestrator.state.jdbc.Text;

/**
 * One append that only adds entries, as most are of a run that is alone: the same checks under the same lock as in
 * {@link AppendStatement}, without arrays and what belongs to batches. It either adds the entries or tells nothing; then
 * the other statement finds out why.
 */
final class SingleAppend {
    private static final String SQL =
            "WITH fence AS MATERIALIZED (SELECT 1 FROM orc_fence WHERE node = ? AND incarnation = ?"
                    + " AND alive = 1 FOR SHARE)"
                    + " INSERT INTO orc_entry (run, seq, entries, type, version, at, epoch, append_id, body)"
                    + " SELECT r.id, ?::bigint, ?::bigint, '"
                    + Stretch.TYPE
                    + "', "
                    + Stretch.VERSION
                    + ", ?::bigint, r.epoch, ?::text, ?::bytea FROM fence, LATERAL (SELECT q.id, q.owner,"
                    + " q.incarnation, q.epoch FROM orc_run q WHERE q.id = ? LIMIT 1) r"
                    + " WHERE r.owner = ? AND r.incarnation = ? AND r.epoch = ? AND "
                    + Stretch.lastOf("r.id")
                    + " = ?";

    private final Database database;

    SingleAppend(Database database) {
        this.database = database;
    }

    static boolean fits(List<Append> appends) {
        return appends.size() == 1
                && appends.get(0).summary() == null
                && !appends.get(0).release()
                && !appends.get(0).entries().isEmpty()
                && appends.get(0).consumed().isEmpty();
    }

    /** Whether the entries were added by this call. */
    boolean execute(NodeLease node, Append append) {
        List<Entry> entries = append.entries();
        String name = Text.stored(node.node());
        Object[] args = {
            name,
            node.incarnation(),
            append.lastSequence() + 1,
            (long) entries.size(),
            Micros.of(entries.get(0).at()),
            append.appendId(),
            Stretch.write(entries),
            append.run(),
            name,
            node.incarnation(),
            append.epoch(),
            append.lastSequence()
        };
        return database.<Integer>writeOften(
                        "append to run " + append.run(), session -> session.update(SQL, args))
                == 1;
    }
}
