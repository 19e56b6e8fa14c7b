package orchestrator.state.jdbc.sqlite;

import java.util.List;
import orchestrator.api.run.LogLine;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Log lines in the embedded database. */
final class SqliteLogging implements Topics.Logging {
    private final Database database;

    SqliteLogging(Database database) {
        this.database = database;
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        database.<Void>write(
                "log for run " + run,
                session -> {
                    List<Long> totals =
                            session.query(
                                    "INSERT INTO orc_log_count (run, total)"
                                            + " SELECT id, ? FROM orc_run WHERE id = ?"
                                            + " ON CONFLICT (run) DO UPDATE SET total = total + excluded.total"
                                            + " RETURNING total",
                                    row -> row.getLong("total"),
                                    (long) lines.size(),
                                    run);
                    if (totals.isEmpty()) {
                        return null;
                    }
                    long oldest = totals.get(0) - keep;
                    session.update(
                            "DELETE FROM orc_log WHERE run = ? AND number <= ?", run, oldest);
                    long number = totals.get(0) - lines.size();
                    for (LogLine line : lines) {
                        number++;
                        if (number > oldest) {
                            session.update(
                                    "INSERT INTO orc_log (run, number, at, level, step, attempt, line)"
                                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                                    run,
                                    number,
                                    Micros.of(line.at()),
                                    Text.stored(line.level()),
                                    Text.stored(line.step()),
                                    (long) line.attempt(),
                                    Text.stored(line.text()));
                        }
                    }
                    return null;
                });
    }
}
