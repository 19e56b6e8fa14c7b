package orchestrator.state.jdbc.postgres;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.api.run.RunStatus;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Topics;

/** Deletes from PostgreSQL: one statement for all that belongs to the runs. Two that delete at once pass each other. */
final class PostgresDeleting implements Topics.Deleting {
    private static final String DELETE =
            "WITH gone AS MATERIALIZED (SELECT id, ended FROM orc_run WHERE ended < ? AND finished = 1"
                    + " AND status = ANY (?) ORDER BY ended, id LIMIT ? FOR UPDATE SKIP LOCKED),"
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
                                    Micros.of(endedBefore),
                                    statuses.stream().map(Enum::name).toArray(String[]::new),
                                    (long) limit);
                    session.update(
                            "DELETE FROM orc_start_key WHERE ended < ?", Micros.of(keysBefore));
                    return runs;
                });
    }
}
