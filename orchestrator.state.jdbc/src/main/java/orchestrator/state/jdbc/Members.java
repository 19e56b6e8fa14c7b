package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.Mail;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;

/** The nodes as they are read: who is a member, and which mail came for its runs. */
public final class Members {
    private final Database database;

    /** In a database. */
    public Members(Database database) {
        this.database = database;
    }

    /** See the contract. */
    List<NodeLease> nodes() {
        return database.read(
                "list the nodes",
                session -> {
                    Instant now = Micros.instant(database.now(session));
                    return session.query(
                            "SELECT node, incarnation, duration FROM orc_lease"
                                    + " WHERE expires IS NOT NULL ORDER BY node",
                            row ->
                                    new NodeLease(
                                            Text.read(row.getString("node")),
                                            row.getLong("incarnation"),
                                            duration(row.getLong("duration")),
                                            now));
                });
    }

    /** See the contract of inspections. */
    List<MemberState> states() {
        return database.read(
                "list the members",
                session -> {
                    Instant now = Micros.instant(database.now(session));
                    return session.query(
                            "SELECT l.node, l.incarnation, l.duration, l.expires, (SELECT count(*)"
                                    + " FROM orc_run r WHERE r.owner = l.node"
                                    + " AND r.incarnation = l.incarnation) AS runs FROM orc_lease l"
                                    + " WHERE l.expires IS NOT NULL ORDER BY l.node",
                            row ->
                                    new MemberState(
                                            new NodeLease(
                                                    Text.read(row.getString("node")),
                                                    row.getLong("incarnation"),
                                                    duration(row.getLong("duration")),
                                                    now),
                                            Micros.read(row, "expires"),
                                            row.getLong("runs")));
                });
    }

    /** See the contract of inspections. */
    Optional<MemberState> owner(String run) {
        List<String> owner =
                database.read(
                        "look for the owner of run " + run,
                        session ->
                                session.query(
                                        "SELECT owner FROM orc_run WHERE id = ? AND owner IS NOT NULL",
                                        row -> Text.read(row.getString("owner")),
                                        run));
        return states().stream()
                .filter(member -> owner.contains(member.lease().node()))
                .findFirst();
    }

    /** See the contract. */
    List<Mail> mail(NodeLease node) {
        return database.read(
                "read the mail of node " + node.node(),
                session -> {
                    requireAlive(session, node);
                    return session.query(
                            // From the few unread messages to their runs, not from the many runs;
                            // and only then to the bodies.
                            "WITH i AS MATERIALIZED (SELECT run, number FROM orc_inbox"
                                    + " WHERE body IS NOT NULL)"
                                    + " SELECT m.run, m.number, m.message_id, m.body FROM i"
                                    + " JOIN orc_run r ON r.id = i.run JOIN orc_inbox m"
                                    + " ON m.run = i.run AND m.number = i.number"
                                    + " WHERE m.body IS NOT NULL AND r.owner = ?"
                                    + " AND r.incarnation = ? ORDER BY m.run, m.number",
                            Members::readMail,
                            Text.stored(node.node()),
                            node.incarnation());
                });
    }

    /** Whether the node's fence still stands. */
    public static boolean isAlive(Session session, NodeLease node) throws SQLException {
        return session.first(
                        "SELECT 1 FROM orc_fence WHERE node = ? AND incarnation = ? AND alive = 1",
                        row -> true,
                        Text.stored(node.node()),
                        node.incarnation())
                .isPresent();
    }

    /** Throws if the node's lease is over. */
    public static void requireAlive(Session session, NodeLease node) throws SQLException {
        if (!isAlive(session, node)) {
            throw fenced(node);
        }
    }

    /** For a node whose lease is over. */
    public static NodeFencedException fenced(NodeLease node) {
        return new NodeFencedException(
                "Expected node "
                        + node.node()
                        + " to hold its lease as incarnation "
                        + node.incarnation()
                        + ", but found that it has left, entered again or was taken over");
    }

    /** A message in a row. */
    static Mail readMail(java.sql.ResultSet row) throws SQLException {
        return new Mail(
                row.getString("run"),
                row.getLong("number"),
                Text.read(row.getString("message_id")),
                row.getBytes("body"));
    }

    /** Microseconds as a duration. */
    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /** A duration in microseconds. */
    public static long micros(Duration duration) {
        return duration.toSeconds() * 1_000_000L + duration.toNanosPart() / 1000;
    }
}
