package orchestrator.state.jdbc.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Messages in the embedded database: a batch is one transaction. */
final class SqlitePosting implements Topics.Posting {
    private final Database database;

    SqlitePosting(Database database) {
        this.database = database;
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        return database.write(
                "post " + messages.size() + " messages",
                session -> {
                    long now = database.now(session);
                    List<PostOutcome> outcomes = new ArrayList<>();
                    for (Post message : messages) {
                        outcomes.add(post(session, message, now));
                    }
                    return outcomes;
                });
    }

    private static PostOutcome post(Session session, Post message, long now) throws SQLException {
        String messageId = Text.stored(message.messageId());
        Optional<Long> former =
                session.first(
                        "SELECT number FROM orc_inbox WHERE run = ? AND message_id = ?",
                        row -> row.getLong("number"),
                        message.run(),
                        messageId);
        if (former.isPresent()) {
            return new PostOutcome(PostOutcome.Kind.DUPLICATE, former.get());
        }
        Optional<Boolean> finished =
                session.first(
                        "SELECT finished FROM orc_run WHERE id = ?",
                        row -> row.getLong("finished") == 1,
                        message.run());
        if (finished.isEmpty()) {
            return new PostOutcome(PostOutcome.Kind.UNKNOWN_RUN, 0);
        }
        if (finished.get()) {
            return new PostOutcome(PostOutcome.Kind.ENDED, 0);
        }
        long number =
                session.first(
                                "UPDATE orc_run SET inbox_tail = inbox_tail + 1, due = CASE"
                                        + " WHEN owner IS NULL THEN min(coalesce(due, ?), ?) ELSE due END"
                                        + " WHERE id = ? RETURNING inbox_tail",
                                row -> row.getLong("inbox_tail"),
                                now,
                                now,
                                message.run())
                        .orElseThrow();
        session.update(
                "INSERT INTO orc_inbox (run, message_id, number, body) VALUES (?, ?, ?, ?)",
                message.run(),
                messageId,
                number,
                message.body());
        return new PostOutcome(PostOutcome.Kind.POSTED, number);
    }
}
