package orchestrator.state.jdbc.sqlite;

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

/** Membership in the embedded database: usually of one node, whose former incarnation it replaces. */
final class SqliteNodes implements Topics.Nodes {
    private final Database database;

    SqliteNodes(Database database) {
        this.database = database;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        return database.write(
                "enter node " + node,
                session -> {
                    long now = database.now(session);
                    long incarnation =
                            session.first(
                                            "INSERT INTO orc_lease (node, incarnation, duration, expires,"
                                                    + " claim_no) VALUES (?, 1, ?, ?, 0)"
                                                    + " ON CONFLICT (node) DO UPDATE SET"
                                                    + " incarnation = orc_lease.incarnation + 1,"
                                                    + " duration = excluded.duration,"
                                                    + " expires = excluded.expires, claim_no = 0"
                                                    + " RETURNING incarnation",
                                            row -> row.getLong("incarnation"),
                                            Text.stored(node),
                                            Members.micros(lease),
                                            now + Members.micros(lease))
                                    .orElseThrow();
                    session.update(
                            "INSERT INTO orc_fence (node, incarnation, alive) VALUES (?, ?, 1)"
                                    + " ON CONFLICT (node) DO UPDATE SET"
                                    + " incarnation = excluded.incarnation, alive = 1",
                            Text.stored(node),
                            incarnation);
                    return new NodeLease(node, incarnation, lease, Micros.instant(now));
                });
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        return database.write(
                "prolong the lease of node " + node.node(),
                session -> {
                    long now = database.now(session);
                    int prolonged =
                            session.update(
                                    "UPDATE orc_lease SET expires = ?"
                                            + " WHERE node = ? AND incarnation = ?"
                                            + " AND expires IS NOT NULL",
                                    now + Members.micros(node.duration()),
                                    Text.stored(node.node()),
                                    node.incarnation());
                    if (prolonged == 0) {
                        throw Members.fenced(node);
                    }
                    return new NodeLease(
                            node.node(), node.incarnation(), node.duration(), Micros.instant(now));
                });
    }

    @Override
    public void leave(NodeLease node) {
        database.<Void>write(
                "let node " + node.node() + " leave",
                session -> {
                    fence(
                            session,
                            "node = ? AND incarnation = ?",
                            Text.stored(node.node()),
                            node.incarnation());
                    return null;
                });
    }

    /** Ends the leases of others that are over, and fences their nodes. */
    static void takeOver(Session session, NodeLease by, long now) throws SQLException {
        fence(session, "node <> ? AND expires < ?", Text.stored(by.node()), now);
    }

    private static void fence(Session session, String which, Object... args) throws SQLException {
        List<Object[]> fallen =
                session.query(
                        "UPDATE orc_lease SET expires = NULL WHERE expires IS NOT NULL AND "
                                + which
                                + " RETURNING node, incarnation",
                        row -> new Object[] {row.getString("node"), row.getLong("incarnation")},
                        args);
        for (Object[] node : fallen) {
            session.update(
                    "UPDATE orc_fence SET alive = 0 WHERE node = ? AND incarnation = ?", node);
        }
    }
}
