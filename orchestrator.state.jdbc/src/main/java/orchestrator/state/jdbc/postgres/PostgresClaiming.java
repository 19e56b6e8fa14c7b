package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.ClaimQuery;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Marks;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/**
 * Claims on PostgreSQL: first the nodes whose lease is over are fenced, then runs are taken, then they are read. Each
 * is a statement of its own, so that the latter see what the former waited for.
 *
 * <p>The answer to a claim may be lost after the runs were taken. Therefore the claims of a node are numbered, in its
 * lease's row: a claim raises the number, and an earlier one that is still on its way either ends before (the row is
 * locked) or takes nothing (its number is too low). What is told to the caller is whatever was taken since the last
 * claim whose answer arrived. Who is new here knows of no answer, and is told of all that the node has claimed.
 */
final class PostgresClaiming implements Topics.Claiming {
    private final Database database;
    private final Map<Member, Told> told = new ConcurrentHashMap<>();

    PostgresClaiming(Database database) {
        this.database = database;
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        database.<Void>write(
                "take over from nodes whose lease is over",
                session -> {
                    PostgresNodes.takeOver(session, node);
                    Members.requireAlive(session, node);
                    return null;
                });
        if (limit == 0) {
            return database.read(
                    "read when the next run is due", session -> claims(session, List.of()));
        }
        Member member = new Member(node.node(), node.incarnation());
        told.keySet().removeIf(other -> other.isFormerOf(member));
        Told last = told.computeIfAbsent(member, key -> new Told());
        last.lock.lock();
        try {
            return database.write(
                    "claim runs for node " + node.node(),
                    session -> take(session, node, last, limit, waitKeys));
        } finally {
            last.lock.unlock();
        }
    }

    private Claims take(
            Session session, NodeLease node, Told last, int limit, Collection<String> waitKeys)
            throws SQLException {
        long stored = claimNo(session, node);
        if (last.claimNo == stored && !isAnyDue(session, waitKeys)) {
            return claims(session, List.of()); // nodes look often: then nothing is written
        }
        int taken = take(session, node, stored + 1, " SKIP LOCKED", limit, waitKeys);
        long claimNo = stored + 1;
        if (taken == 0) {
            // A run may have been passed over because a message was posted to it just then: wait
            // for that.
            claimNo++;
            taken = take(session, node, claimNo, "", limit, waitKeys);
        }
        boolean nothing = taken == 0 && last.claimNo == stored;
        Claims claims =
                claims(
                        session,
                        nothing ? List.of() : ClaimQuery.claimedSince(session, node, last.claimNo));
        last.claimNo = claimNo;
        return claims;
    }

    private static boolean isAnyDue(Session session, Collection<String> waitKeys)
            throws SQLException {
        Marks keys = ClaimQuery.waitKeys(waitKeys);
        return session.first(
                        "WITH RECURSIVE t AS MATERIALIZED (SELECT "
                                + PostgresDatabase.NOW
                                + " AS now), "
                                + PostgresCandidates.tables(keys, "")
                                + " SELECT 1 FROM candidate LIMIT 1",
                        row -> true,
                        PostgresCandidates.arguments(keys, 1).toArray())
                .isPresent();
    }

    private Claims claims(Session session, List<ClaimedRun> runs) throws SQLException {
        return new Claims(
                runs, ClaimQuery.nextWakeAt(session), Micros.instant(database.now(session)));
    }

    private static long claimNo(Session session, NodeLease node) throws SQLException {
        return session.first(
                        "SELECT claim_no FROM orc_lease WHERE node = ? AND incarnation = ?"
                                + " AND expires IS NOT NULL",
                        row -> row.getLong("claim_no"),
                        Text.stored(node.node()),
                        node.incarnation())
                .orElseThrow(() -> Members.fenced(node));
    }

    private static int take(
            Session session,
            NodeLease node,
            long claimNo,
            String locked,
            int limit,
            Collection<String> waitKeys)
            throws SQLException {
        Marks keys = ClaimQuery.waitKeys(waitKeys);
        List<Object> args = new ArrayList<>();
        args.add(claimNo);
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        args.add(claimNo);
        args.addAll(PostgresCandidates.arguments(keys, limit));
        args.add((long) limit);
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
        args.add(claimNo);
        return session.update(statement(keys, locked), args.toArray());
    }

    /**
     * Takes runs, unless the node is fenced. A run that another claim holds at this moment is passed over. One that was
     * changed since this statement began is judged as it then is; its journal may have grown too, which only makes the
     * count of fruitless claims start anew later: what the caller is told of it is read afterwards.
     */
    private static String statement(Marks keys, String locked) {
        return "WITH RECURSIVE me AS (UPDATE orc_lease SET claim_no = ? WHERE node = ? AND incarnation = ?"
                + " AND expires IS NOT NULL AND claim_no < ? RETURNING node, incarnation),"
                + " fence AS MATERIALIZED (SELECT f.node FROM me JOIN orc_fence f ON f.node = me.node"
                + " AND f.incarnation = me.incarnation AND f.alive = 1 FOR SHARE OF f),"
                + " t AS MATERIALIZED (SELECT "
                + PostgresDatabase.NOW
                + " AS now FROM fence), "
                + PostgresCandidates.tables(keys, " FOR UPDATE OF r" + locked)
                + ", pick AS MATERIALIZED (SELECT p.id, p.since, coalesce((SELECT max(e.seq)"
                + " FROM orc_entry e WHERE e.run = p.id), 0) AS seq FROM candidate p"
                + " WHERE EXISTS (SELECT 1 FROM t) ORDER BY p.priority DESC, p.since, p.id LIMIT ?) "
                + ClaimQuery.TAKE;
    }

    private record Member(String node, long incarnation) {
        boolean isFormerOf(Member other) {
            return node.equals(other.node) && incarnation < other.incarnation;
        }
    }

    private static final class Told {
        private final ReentrantLock lock = new ReentrantLock();
        private long claimNo;
    }
}
