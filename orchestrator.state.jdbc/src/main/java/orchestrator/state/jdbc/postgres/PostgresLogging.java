package orchestrator.state.jdbc.postgres;

import java.util.List;
import orchestrator.api.run.LogLine;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Log lines on PostgreSQL. The row that counts a run's lines puts those who log for it at once in order. */
final class PostgresLogging implements Topics.Logging {
    private static final String LOG =
            "WITH c AS (INSERT INTO orc_log_count (run, total) SELECT id, ?::bigint FROM orc_run"
                    + " WHERE id = ? ON CONFLICT (run) DO UPDATE"
                    + " SET total = orc_log_count.total + excluded.total RETURNING run, total),"
                    + " d AS (DELETE FROM orc_log USING c WHERE orc_log.run = c.run"
                    + " AND orc_log.number <= c.total - ?::bigint)"
                    + " INSERT INTO orc_log (run, number, at, level, step, attempt, line)"
                    + " SELECT c.run, c.total - ?::bigint + a.ord, a.at, a.level, a.step, a.attempt, a.line"
                    + " FROM c, unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[])"
                    + " WITH ORDINALITY AS a(at, level, step, attempt, line, ord)"
                    + " WHERE c.total - ?::bigint + a.ord > c.total - ?::bigint";

    private final Database database;

    PostgresLogging(Database database) {
        this.database = database;
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        Columns rows = new Columns();
        for (LogLine line : lines) {
            rows.add(
                    Micros.of(line.at()),
                    Text.stored(line.level()),
                    Text.stored(line.step()),
                    (long) line.attempt(),
                    Text.stored(line.text()));
        }
        long count = lines.size();
        long kept = keep;
        database.write(
                "log for run " + run,
                session ->
                        session.update(
                                LOG,
                                count,
                                run,
                                kept,
                                count,
                                rows.numbers(0),
                                rows.texts(1),
                                rows.texts(2),
                                rows.numbers(3),
                                rows.texts(4),
                                count,
                                kept));
    }
}
