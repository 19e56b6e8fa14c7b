package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/**
 * Messages on PostgreSQL. A statement takes at most one message for a run: it locks the runs' rows in the order of their
 * ids, gives each message the number after the tail that it then sees, and raises the tail. Who posts to a run at the
 * same time, or releases it, waits at that row.
 *
 * <p>A message with the same id may have come while the statement waited, unseen by its snapshot; the primary key then
 * keeps it out, no number is used up, and the question is asked again.
 */
final class PostgresPosting implements Topics.Posting {
    private static final String POST =
            "WITH t AS MATERIALIZED (SELECT "
                    + PostgresDatabase.NOW
                    + " AS now), m AS MATERIALIZED (SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[])"
                    + " WITH ORDINALITY AS m(run, message_id, body, ord)),"
                    + " locked AS MATERIALIZED (SELECT r.id, r.inbox_tail, r.finished FROM m"
                    + " JOIN orc_run r ON r.id = m.run ORDER BY r.id FOR UPDATE OF r),"
                    + " seen AS MATERIALIZED (SELECT i.run, i.number FROM m JOIN orc_inbox i"
                    + " ON i.run = m.run AND i.message_id = m.message_id),"
                    + " added AS (INSERT INTO orc_inbox (run, message_id, number, body)"
                    + " SELECT m.run, m.message_id, l.inbox_tail + 1, m.body FROM m"
                    + " JOIN locked l ON l.id = m.run WHERE l.finished = 0"
                    + " AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.run = m.run)"
                    + " ON CONFLICT DO NOTHING RETURNING run, number),"
                    + " u AS (UPDATE orc_run SET inbox_tail = added.number, due = CASE"
                    + " WHEN orc_run.owner IS NULL THEN least(orc_run.due, t.now)"
                    + " ELSE orc_run.due END FROM added, t WHERE orc_run.id = added.run)"
                    + " SELECT coalesce(added.number, seen.number, 0) AS number, CASE"
                    + " WHEN added.run IS NOT NULL THEN 'POSTED' WHEN seen.run IS NOT NULL"
                    + " THEN 'DUPLICATE' WHEN l.id IS NULL THEN 'UNKNOWN_RUN'"
                    + " WHEN l.finished = 1 THEN 'ENDED' END AS kind"
                    + " FROM m LEFT JOIN locked l ON l.id = m.run LEFT JOIN seen ON seen.run = m.run"
                    + " LEFT JOIN added ON added.run = m.run ORDER BY m.ord";

    private final Database database;

    PostgresPosting(Database database) {
        this.database = database;
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        PostOutcome[] outcomes = new PostOutcome[messages.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            open.add(i);
        }
        Set<Integer> askedAgain = new HashSet<>();
        while (!open.isEmpty()) {
            List<Integer> round = oneForEachRun(messages, open);
            List<PostOutcome> found = execute(round.stream().map(messages::get).toList());
            for (int i = 0; i < round.size(); i++) {
                Integer message = round.get(i);
                PostOutcome outcome = found.get(i);
                if (outcome != null && (isSure(outcome) || !askedAgain.add(message))) {
                    outcomes[message] = outcome;
                    open.remove(message);
                }
            }
        }
        return Arrays.asList(outcomes);
    }

    /** A run that has ended may have got that message before, from a call that this one had to wait for. */
    private static boolean isSure(PostOutcome outcome) {
        return outcome.kind() != PostOutcome.Kind.ENDED;
    }

    private static List<Integer> oneForEachRun(List<Post> messages, List<Integer> open) {
        Set<String> runs = new HashSet<>();
        return open.stream().filter(message -> runs.add(messages.get(message).run())).toList();
    }

    /** What became of each message; null where the question must be asked again. */
    private List<PostOutcome> execute(List<Post> messages) {
        Columns rows = new Columns();
        messages.forEach(m -> rows.add(m.run(), Text.stored(m.messageId()), m.body()));
        return database.write(
                "post " + messages.size() + " messages",
                session ->
                        session.query(
                                POST,
                                row -> {
                                    String kind = row.getString("kind");
                                    return kind == null
                                            ? null
                                            : new PostOutcome(
                                                    PostOutcome.Kind.valueOf(kind),
                                                    row.getLong("number"));
                                },
                                rows.texts(0),
                                rows.texts(1),
                                rows.bytes(2)));
    }
}
