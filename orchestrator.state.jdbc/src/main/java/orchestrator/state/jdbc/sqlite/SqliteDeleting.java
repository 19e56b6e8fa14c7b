package orchestrator.state.jdbc.sqlite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunKind;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Marks;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Topics;

/** Deletes from the embedded database. */
final class SqliteDeleting implements Topics.Deleting {
    private static final List<String> TABLES =
            List.of(
                    "orc_entry",
                    "orc_inbox",
                    "orc_wait",
                    "orc_label",
                    "orc_log",
                    "orc_log_count",
                    "orc_snapshot");

    private final Database database;

    SqliteDeleting(Database database) {
        this.database = database;
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return database.write(
                "delete ended runs",
                session -> {
                    List<String> runs =
                            statuses.isEmpty()
                                    ? List.of()
                                    : ended(session, endedBefore, statuses, limit);
                    for (String run : runs) {
                        session.update(
                                "UPDATE orc_start_key SET ended = (SELECT ended FROM orc_run"
                                        + " WHERE id = orc_start_key.run) WHERE run = ?",
                                run);
                        for (String table : TABLES) {
                            session.update("DELETE FROM " + table + " WHERE run = ?", run);
                        }
                        session.update("DELETE FROM orc_run WHERE id = ?", run);
                    }
                    session.update(
                            "DELETE FROM orc_start_key WHERE ended < ?", Micros.of(keysBefore));
                    return runs;
                });
    }

    private static List<String> ended(
            orchestrator.state.jdbc.Session session,
            Instant endedBefore,
            Collection<RunStatus> statuses,
            int limit)
            throws java.sql.SQLException {
        Marks kinds = Marks.of(Stream.of(RunKind.values()).map(Enum::name).toList());
        Marks marks = Marks.of(statuses.stream().map(Enum::name).toList());
        List<Object> args = new ArrayList<>();
        args.addAll(kinds.values());
        args.addAll(marks.values());
        args.add(Micros.of(endedBefore));
        args.add(Micros.of(endedBefore));
        args.add((long) limit);
        // No index is kept for this: a run that ended before a time was created before it.
        return session.query(
                "SELECT id FROM orc_run WHERE kind IN ("
                        + kinds.sql()
                        + ") AND status IN ("
                        + marks.sql()
                        + ") AND created < ? AND ended < ? AND finished = 1 LIMIT ?",
                row -> row.getString("id"),
                args.toArray());
    }
}
