package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orchestrator.state.jdbc.Marks;
import orchestrator.state.jdbc.Session;

/**
 * The runs that a claim takes. Each kind is read in the order of claims along an index and no further than the limit, so
 * that a claim costs as much as it takes, however many wait. Only runs that wait for a key are all looked at.
 */
final class SqliteCandidates {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingLong(Candidate::priority)
                    .reversed()
                    .thenComparingLong(Candidate::since)
                    .thenComparing(Candidate::id);

    private final Session session;
    private final long now;
    private final long limit;

    SqliteCandidates(Session session, long now, int limit) {
        this.session = session;
        this.now = now;
        this.limit = limit;
    }

    /** The best, no more than the limit. */
    List<Candidate> find(Marks waitKeys) throws SQLException {
        List<Candidate> all = new ArrayList<>();
        all.addAll(due());
        all.addAll(orphaned());
        all.addAll(keyed(waitKeys));
        return all.stream().sorted(BEST_FIRST).limit(limit).toList();
    }

    private List<Candidate> due() throws SQLException {
        List<Candidate> found = new ArrayList<>();
        Optional<Long> priority = priorityBelow(Long.MAX_VALUE);
        while (priority.isPresent() && found.size() < limit) {
            found.addAll(
                    session.query(
                            "SELECT id, priority, due AS since FROM orc_run WHERE owner IS NULL"
                                    + " AND priority = ? AND due <= ? AND finished = 0"
                                    + " ORDER BY due, id LIMIT ?",
                            Candidate::read,
                            priority.get(),
                            now,
                            limit));
            priority = priorityBelow(priority.get());
        }
        return found;
    }

    private Optional<Long> priorityBelow(long priority) throws SQLException {
        return session.first(
                "SELECT priority FROM orc_run WHERE owner IS NULL AND due IS NOT NULL"
                        + " AND priority < ? ORDER BY priority DESC LIMIT 1",
                row -> row.getLong("priority"),
                priority);
    }

    private List<Candidate> orphaned() throws SQLException {
        List<Candidate> found = new ArrayList<>();
        List<Fence> fences =
                session.query(
                        "SELECT node, incarnation - alive AS newest FROM orc_fence",
                        row -> new Fence(row.getString("node"), row.getLong("newest")));
        for (Fence fence : fences) {
            Optional<Long> incarnation = incarnation(fence, Long.MIN_VALUE);
            while (incarnation.isPresent()) {
                found.addAll(
                        session.query(
                                "SELECT id, priority, 0 AS since FROM orc_run WHERE owner = ?"
                                        + " AND incarnation = ? AND finished = 0"
                                        + " ORDER BY priority DESC, id LIMIT ?",
                                Candidate::read,
                                fence.node(),
                                incarnation.get(),
                                limit));
                incarnation = incarnation(fence, incarnation.get());
            }
        }
        return found;
    }

    /** The next incarnation that is fenced and still has runs. */
    private Optional<Long> incarnation(Fence fence, long after) throws SQLException {
        return session.first(
                "SELECT incarnation FROM orc_run WHERE owner = ? AND incarnation > ?"
                        + " AND incarnation <= ? ORDER BY incarnation LIMIT 1",
                row -> row.getLong("incarnation"),
                fence.node(),
                after,
                fence.newest());
    }

    /** Not those that are due as well: they are among the others. */
    private List<Candidate> keyed(Marks waitKeys) throws SQLException {
        List<Object> args = new ArrayList<>();
        args.add(now);
        args.addAll(waitKeys.values());
        args.add(now);
        args.add(limit);
        return session.query(
                "SELECT id, priority, ? AS since FROM orc_run WHERE id IN"
                        + " (SELECT run FROM orc_wait WHERE wait_key IN ("
                        + waitKeys.sql()
                        + ")) AND owner IS NULL AND finished = 0 AND (due IS NULL OR due > ?)"
                        + " ORDER BY priority DESC, id LIMIT ?",
                Candidate::read,
                args.toArray());
    }

    private record Fence(String node, long newest) {}

    /** A run, and since when it can be claimed. */
    record Candidate(String id, long priority, long since) {
        static Candidate read(java.sql.ResultSet row) throws SQLException {
            return new Candidate(
                    row.getString("id"), row.getLong("priority"), row.getLong("since"));
        }
    }
}
