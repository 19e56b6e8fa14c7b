package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.NodeLease;

/**
 * Takes one run to be mended. As with claims, whoever might still write to it is fenced before, in a statement of its
 * own; then the run is taken; then it is read.
 */
final class Taking {
    // A fence that stands although its lease is gone: no claim would ever bring it down.
    private static final String ZOMBIE =
            "SELECT f.node, f.incarnation FROM orc_run r JOIN orc_fence f ON f.node = r.owner"
                    + " WHERE r.id = ? AND f.alive = 1 AND NOT EXISTS (SELECT 1 FROM orc_lease l"
                    + " WHERE l.node = f.node AND l.incarnation = f.incarnation"
                    + " AND l.expires IS NOT NULL)";

    private final Database database;

    Taking(Database database) {
        this.database = database;
    }

    Optional<ClaimedRun> take(NodeLease node, String run) {
        database.<Void>write(
                "fence the lost owner of run " + run,
                session -> {
                    Members.requireAlive(session, node);
                    fenceZombies(session, run);
                    return null;
                });
        return database.write(
                "take run " + run + " to mend it",
                session -> {
                    if (update(session, node, run) == 0) {
                        Members.requireAlive(session, node);
                        return Optional.empty();
                    }
                    session.update(
                            "DELETE FROM orc_snapshot WHERE run = ? AND seq > "
                                    + Stretch.lastOf("orc_snapshot.run"),
                            run);
                    return ClaimQuery.claimed(session, node, run);
                });
    }

    private static void fenceZombies(Session session, String run) throws SQLException {
        List<Object[]> zombies =
                session.query(
                        ZOMBIE,
                        row -> new Object[] {row.getString("node"), row.getLong("incarnation")},
                        run);
        for (Object[] zombie : zombies) {
            session.update(
                    "UPDATE orc_fence SET alive = 0 WHERE node = ? AND incarnation = ?", zombie);
        }
    }

    private int update(Session session, NodeLease node, String run) throws SQLException {
        String name = Text.stored(node.node());
        return session.update(
                "WITH fence AS (SELECT node FROM orc_fence WHERE node = ? AND incarnation = ?"
                        + " AND alive = 1"
                        + database.lock(" FOR SHARE")
                        + "), pick AS (SELECT r.id, coalesce((SELECT max(i.number) FROM orc_inbox i"
                        + " WHERE i.run = r.id), 0) AS newest FROM orc_run r WHERE r.id = ?"
                        + " AND EXISTS (SELECT 1 FROM fence) AND (r.owner IS NULL OR NOT EXISTS"
                        + " (SELECT 1 FROM orc_fence f WHERE f.node = r.owner"
                        + " AND f.incarnation = r.incarnation AND f.alive = 1)"
                        + " OR r.owner = ? AND r.incarnation = ? AND r.claim_seq = "
                        + ClaimQuery.MENDING
                        + ")"
                        + database.lock(" FOR UPDATE OF r")
                        + ") UPDATE orc_run SET owner = ?, incarnation = ?, epoch = epoch + 1,"
                        + " claim_no = 0, claim_seq = "
                        + ClaimQuery.MENDING
                        + ", claim_count = 0, inbox_tail = CASE WHEN pick.newest > inbox_tail"
                        + " THEN pick.newest ELSE inbox_tail END FROM pick WHERE orc_run.id = pick.id",
                name,
                node.incarnation(),
                run,
                name,
                node.incarnation(),
                name,
                node.incarnation());
    }
}
