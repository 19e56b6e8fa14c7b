package orchestrator.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunSummary;

/** The columns that hold a {@link RunSummary}. */
public final class Summaries {
    /** Their names, in the order of {@link #values}; the first is the id. */
    public static final List<String> COLUMNS =
            List.of(
                    "id",
                    "kind",
                    "workflow",
                    "definition_hash",
                    "version",
                    "status",
                    "reason_code",
                    "reason_subject",
                    "wait_keys",
                    "labels",
                    "parent",
                    "origin",
                    "error",
                    "reason_since",
                    "reason_until",
                    "wake_at",
                    "priority",
                    "progress",
                    "created",
                    "started",
                    "ended");

    /** How many of them, from the first on, are texts; the others are numbers. */
    public static final int TEXTS = 13;

    private Summaries() {}

    /** The columns, each after a prefix such as {@code r.}. */
    public static String columns(String prefix) {
        return COLUMNS.stream().map(name -> prefix + name).collect(Collectors.joining(", "));
    }

    /** The values for the columns. */
    public static Object[] values(RunSummary s) {
        Reason reason = s.reason();
        return new Object[] {
            s.id(),
            s.kind().name(),
            Text.stored(s.workflow()),
            Text.stored(s.definitionHash()),
            Text.stored(s.version()),
            s.status().name(),
            reason == null ? null : Text.stored(reason.code()),
            reason == null ? null : Text.stored(reason.subject()),
            Text.storedAll(s.waitKeys()),
            Text.storedMap(s.labels()),
            Text.stored(s.parent()),
            Text.stored(s.origin()),
            Text.stored(s.error()),
            reason == null ? null : Micros.of(reason.since()),
            reason == null ? null : Micros.of(reason.until()),
            Micros.of(s.wakeAt()),
            (long) s.priority(),
            (long) s.progress(),
            Micros.of(s.created()),
            Micros.of(s.started()),
            Micros.of(s.ended())
        };
    }

    /** The summary in a row. */
    public static RunSummary read(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getString("id"),
                RunKind.valueOf(row.getString("kind")),
                text(row, "workflow"),
                text(row, "definition_hash"),
                text(row, "version"),
                RunStatus.valueOf(row.getString("status")),
                reason(row),
                Micros.read(row, "wake_at"),
                Set.copyOf(Text.readAll(row.getString("wait_keys"))),
                row.getInt("priority"),
                Text.readMap(row.getString("labels")),
                row.getInt("progress"),
                Micros.read(row, "created"),
                Micros.read(row, "started"),
                Micros.read(row, "ended"),
                text(row, "parent"),
                text(row, "origin"),
                text(row, "error"));
    }

    private static Reason reason(ResultSet row) throws SQLException {
        String code = text(row, "reason_code");
        return code == null
                ? null
                : new Reason(
                        code,
                        text(row, "reason_subject"),
                        Micros.read(row, "reason_since"),
                        Micros.read(row, "reason_until"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Text.read(row.getString(column));
    }
}
