package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership on PostgreSQL. A node has two rows: its lease, which heartbeats prolong, and its fence, which each of its
 * appends locks {@code FOR SHARE}. Whoever ends an incarnation locks the lease first and then updates the fence, which
 * waits until the appends on their way have ended and turns away those that come later. Always in that order: so
 * nobody waits in a circle, and a heartbeat is either before the end, and prevents it, or after it, and is fenced.
 */
final class PostgresNodes implements Topics.Nodes {
    private static final String ENTER =
            "WITH t AS MATERIALIZED (SELECT "
                    + PostgresDatabase.NOW
                    + " AS now), l AS (INSERT INTO orc_lease (node, incarnation, duration, expires,"
                    + " claim_no) SELECT ?, 1, ?::bigint, t.now + ?::bigint, 0 FROM t ON CONFLICT (node) DO"
                    + " UPDATE SET incarnation = orc_lease.incarnation + 1,"
                    + " duration = excluded.duration, expires = excluded.expires, claim_no = 0"
                    + " RETURNING node, incarnation),"
                    + " f AS (INSERT INTO orc_fence (node, incarnation, alive)"
                    + " SELECT node, incarnation, 1 FROM l ON CONFLICT (node) DO UPDATE"
                    + " SET incarnation = excluded.incarnation, alive = 1)"
                    + " SELECT l.incarnation, t.now FROM l, t";

    private static final String FENCE =
            " RETURNING node, incarnation) UPDATE orc_fence SET alive = 0 FROM gone"
                    + " WHERE orc_fence.node = gone.node AND orc_fence.incarnation = gone.incarnation";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNodes.class);

    private final Database database;

    PostgresNodes(Database database) {
        this.database = database;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        long micros = Members.micros(lease);
        return database.write(
                "enter node " + node,
                session ->
                        session.first(
                                        ENTER,
                                        row ->
                                                new NodeLease(
                                                        node,
                                                        row.getLong("incarnation"),
                                                        lease,
                                                        Micros.instant(row.getLong("now"))),
                                        Text.stored(node),
                                        micros,
                                        micros)
                                .orElseThrow());
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        return database.write(
                "prolong the lease of node " + node.node(),
                session ->
                        session.first(
                                        "UPDATE orc_lease SET expires = "
                                                + PostgresDatabase.NOW
                                                + " + ?::bigint WHERE node = ? AND incarnation = ?"
                                                + " AND expires IS NOT NULL RETURNING expires",
                                        row -> prolonged(node, row.getLong("expires")),
                                        Members.micros(node.duration()),
                                        Text.stored(node.node()),
                                        node.incarnation())
                                .orElseThrow(() -> Members.fenced(node)));
    }

    private static NodeLease prolonged(NodeLease node, long expires) {
        return new NodeLease(
                node.node(),
                node.incarnation(),
                node.duration(),
                Micros.instant(expires - Members.micros(node.duration())));
    }

    @Override
    public void leave(NodeLease node) {
        database.write(
                "let node " + node.node() + " leave",
                session ->
                        session.update(
                                "WITH gone AS (UPDATE orc_lease SET expires = NULL WHERE node = ?"
                                        + " AND incarnation = ? AND expires IS NOT NULL"
                                        + FENCE,
                                Text.stored(node.node()),
                                node.incarnation()));
    }

    /**
     * Ends the leases of others that are over, and fences their nodes. Committed before the caller claims: a claim's
     * statement then begins after the last append of the fenced nodes was committed, and sees it. A node whose append
     * hangs in the server holds up nobody but its own runs: it is passed over until the next claim.
     */
    static void takeOver(Session session, NodeLease by) throws SQLException {
        List<String> expired =
                session.query(
                        "SELECT node FROM orc_lease WHERE expires < "
                                + PostgresDatabase.NOW
                                + " AND node <> ? ORDER BY node",
                        row -> row.getString("node"),
                        Text.stored(by.node()));
        for (String node : expired) {
            try {
                session.update(
                        "WITH gone AS (UPDATE orc_lease SET expires = NULL WHERE node = ?"
                                + " AND expires < "
                                + PostgresDatabase.NOW
                                + FENCE,
                        node);
            } catch (SQLException e) {
                if (!PostgresFailures.isLockTimeout(e)) {
                    throw e;
                }
                LOG.info(
                        "Node {} cannot be taken over yet: a write of it is still under way",
                        Text.read(node));
            }
        }
    }
}
