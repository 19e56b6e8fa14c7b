package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.ClaimQuery;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Members;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;
import orchestrator.state.jdbc.sqlite.SqliteCandidates.Candidate;

/** Claims in the embedded database: one transaction, alone in the store. */
final class SqliteClaiming implements Topics.Claiming {
    private final Database database;

    SqliteClaiming(Database database) {
        this.database = database;
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        return database.write(
                "claim runs for node " + node.node(),
                session -> {
                    long now = database.now(session);
                    SqliteNodes.takeOver(session, node, now);
                    Members.requireAlive(session, node);
                    List<ClaimedRun> runs =
                            limit == 0 ? List.of() : take(session, node, limit, waitKeys, now);
                    return new Claims(runs, ClaimQuery.nextWakeAt(session), Micros.instant(now));
                });
    }

    private static List<ClaimedRun> take(
            Session session, NodeLease node, int limit, Collection<String> waitKeys, long now)
            throws SQLException {
        long former =
                session.first(
                                "SELECT claim_no FROM orc_lease WHERE node = ?",
                                row -> row.getLong("claim_no"),
                                Text.stored(node.node()))
                        .orElse(0L);
        List<Candidate> candidates =
                new SqliteCandidates(session, now, limit).find(ClaimQuery.waitKeys(waitKeys));
        if (candidates.isEmpty()) {
            return List.of();
        }
        for (Candidate candidate : candidates) {
            session.update(
                    "WITH pick AS (SELECT ? AS id, ? AS since, coalesce((SELECT max(e.seq)"
                            + " FROM orc_entry e WHERE e.run = ?), 0) AS seq) "
                            + ClaimQuery.TAKE,
                    candidate.id(),
                    candidate.since(),
                    candidate.id(),
                    Text.stored(node.node()),
                    node.incarnation(),
                    former + 1);
        }
        session.update(
                "UPDATE orc_lease SET claim_no = ? WHERE node = ?",
                former + 1,
                Text.stored(node.node()));
        return ClaimQuery.claimedSince(session, node, former);
    }
}
