package orchestrator.state.jdbc.postgres;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunKind;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Topics;

/** Deletes from PostgreSQL: one statement for all that belongs to the runs. Two that delete at once pass each other. */
final class PostgresDeleting implements Topics.Deleting {
    // No index is kept for this: a run that ended before a time was created before it.
    private static final String DELETE =
            "WITH gone AS MATERIALIZED (SELECT g.id, g.ended FROM unnest(?::text[]) AS s(status),"
                    + " unnest(?::text[]) AS k(kind), LATERAL (SELECT q.id, q.ended FROM orc_run q"
                    + " WHERE q.kind = k.kind AND q.status = s.status AND q.created < ? AND q.ended < ?"
                    + " AND q.finished = 1 ORDER BY q.created, q.id LIMIT ? FOR UPDATE SKIP LOCKED) g"
                    + " LIMIT ?),"
                    + " k AS (UPDATE orc_start_key SET ended = gone.ended FROM gone"
                    + " WHERE orc_start_key.run = gone.id)"
                    + Stream.of("entry", "inbox", "wait", "label", "log", "log_count", "snapshot")
                            .map(
                                    table ->
                                            String.format(
                                                    ", d_%1$s AS (DELETE FROM orc_%1$s USING gone"
                                                            + " WHERE orc_%1$s.run = gone.id)",
                                                    table))
                            .collect(Collectors.joining())
                    + " DELETE FROM orc_run USING gone WHERE orc_run.id = gone.id RETURNING orc_run.id";

    private final Database database;

    PostgresDeleting(Database database) {
        this.database = database;
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return database.write(
                "delete ended runs",
                session -> {
                    List<String> runs =
                            session.query(
                                    DELETE,
                                    row -> row.getString("id"),
                                    statuses.stream().map(Enum::name).toArray(String[]::new),
                                    Stream.of(RunKind.values())
                                            .map(Enum::name)
                                            .toArray(String[]::new),
                                    Micros.of(endedBefore),
                                    Micros.of(endedBefore),
                                    (long) limit,
                                    (long) limit);
                    session.update(
                            "DELETE FROM orc_start_key WHERE ended < ?", Micros.of(keysBefore));
                    return runs;
                });
    }
}
