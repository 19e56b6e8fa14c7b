package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;

/** Journals and summaries, read. */
final class Queries {
    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_RUNS = 256;

    // Stops after about 8 MiB, so that a journal of large entries is never in memory at once.
    private static final String JOURNAL =
            "SELECT "
                    + Stretch.COLUMNS
                    + " FROM (SELECT "
                    + Stretch.COLUMNS
                    + ", sum(length(body)) OVER (ORDER BY seq) - length(body) AS bytes_before FROM (SELECT "
                    + Stretch.COLUMNS
                    + " FROM orc_entry WHERE run = ? AND seq >= coalesce((SELECT max(f.seq)"
                    + " FROM orc_entry f WHERE f.run = ? AND f.seq <= ?), 0)"
                    + " ORDER BY seq LIMIT ?) part) measured"
                    + " WHERE bytes_before < 8388608 ORDER BY seq";

    /** So many runs are soon read one by one. */
    private static final long FEW = 1000;

    private static final String ORDER = " ORDER BY created DESC, id DESC";

    private final Database database;

    Queries(Database database) {
        this.database = database;
    }

    List<Entry> journal(String run, long from, int limit) {
        return database.read(
                "read the journal of run " + run,
                session ->
                        session
                                .query(
                                        JOURNAL,
                                        Stretch::read,
                                        run,
                                        run,
                                        from,
                                        (long) Math.min(limit, MAX_ENTRIES))
                                .stream()
                                .flatMap(List::stream)
                                .filter(entry -> entry.sequence() >= from)
                                .limit(limit)
                                .toList());
    }

    List<RunSummary> summaries(Collection<String> runs) {
        List<String> ids = runs.stream().distinct().toList();
        List<RunSummary> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += MAX_RUNS) {
            Marks marks = Marks.of(ids.subList(i, Math.min(ids.size(), i + MAX_RUNS)));
            found.addAll(
                    database.read(
                            "read summaries",
                            session ->
                                    session.query(
                                            "SELECT "
                                                    + Summaries.columns("")
                                                    + " FROM orc_run WHERE id IN ("
                                                    + marks.sql()
                                                    + ")",
                                            Summaries::read,
                                            marks.values().toArray())));
        }
        return found;
    }

    SummaryPage find(RunQuery query) {
        return database.read(
                "find runs",
                session -> {
                    List<Object> args = new ArrayList<>();
                    boolean rareLabel = hasRareLabel(session, query);
                    List<String> parts =
                            inOrder(query, rareLabel)
                                    .map(part -> select(part, rareLabel, args))
                                    .toList();
                    String statement = inOneStatement(parts, query.limit(), args);
                    return page(
                            session.query(statement, Summaries::read, args.toArray()),
                            query.limit());
                });
    }

    /** Whether so few runs have one of the labels that all of them can be looked at. */
    private static boolean hasRareLabel(Session session, RunQuery query) throws SQLException {
        for (Map.Entry<String, String> label : query.labels().entrySet()) {
            long runs =
                    session.first(
                                    "SELECT count(*) AS runs FROM (SELECT 1 FROM orc_label"
                                            + " WHERE label = ? LIMIT ?) p",
                                    row -> row.getLong("runs"),
                                    Digest.of(label.getKey(), label.getValue()),
                                    FEW + 1)
                            .orElse(0L);
            if (runs <= FEW) {
                return true;
            }
        }
        return false;
    }

    /** A run whose status changes meanwhile is found once. */
    private static String inOneStatement(List<String> parts, int limit, List<Object> args) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        args.add(limit + 1L);
        return parts.stream()
                .map(part -> "SELECT * FROM (" + part + ") p")
                .collect(Collectors.joining(" UNION ALL ", "", ORDER + " LIMIT ?"));
    }

    /**
     * Queries that together find the same, each of which an index answers in the order of time: those of a workflow or of
     * one status, of one kind. What few runs have is found before the order matters.
     *
     * @param rareLabel whether few runs have one of the labels
     */
    private static Stream<RunQuery> inOrder(RunQuery query, boolean rareLabel) {
        if (isOfFew(query) || rareLabel) {
            return Stream.of(query);
        }
        Stream<RunKind> kinds =
                query.kind() == null ? Stream.of(RunKind.values()) : Stream.of(query.kind());
        if (query.workflow() != null) {
            return kinds.map(kind -> part(query, kind, query.statuses()));
        }
        Set<RunStatus> statuses =
                query.statuses().isEmpty() ? EnumSet.allOf(RunStatus.class) : query.statuses();
        return kinds.flatMap(
                kind -> statuses.stream().map(status -> part(query, kind, Set.of(status))));
    }

    /** By a reason or a parent, which have indexes of their own. */
    private static boolean isOfFew(RunQuery query) {
        return query.reasonCode() != null || query.reasonSubject() != null || isOfParent(query);
    }

    private static boolean isOfParent(RunQuery query) {
        return query.parent() != null && !query.parent().equals(RunQuery.NO_PARENT);
    }

    private static RunQuery part(RunQuery query, RunKind kind, Set<RunStatus> statuses) {
        return new RunQuery(
                kind,
                query.workflow(),
                statuses,
                query.reasonCode(),
                query.reasonSubject(),
                query.labels(),
                query.parent(),
                query.after(),
                query.limit());
    }

    /**
     * The runs of a query in order, and its arguments. A column is an expression where its index is not wanted: SQLite
     * thinks any equality as good as the other.
     */
    private static String select(RunQuery query, boolean rareLabel, List<Object> args) {
        List<String> conditions = new ArrayList<>();
        String no = rareLabel ? " || ''" : "";
        String noKind = isOfFew(query) && query.statuses().isEmpty() ? " || ''" : no;
        String kind = query.kind() == null ? null : query.kind().name();
        equal(conditions, args, "kind" + noKind, kind);
        equal(conditions, args, "workflow" + no, Text.stored(query.workflow()));
        equal(conditions, args, "reason_code", Text.stored(query.reasonCode()));
        equal(conditions, args, "reason_subject", Text.stored(query.reasonSubject()));
        if (isOfParent(query)) {
            equal(conditions, args, "parent", Text.stored(query.parent()));
        } else if (query.parent() != null) {
            conditions.add("parent IS NULL");
        }
        if (!query.statuses().isEmpty()) {
            Marks marks = Marks.of(query.statuses().stream().map(Enum::name).toList());
            conditions.add("status" + no + " IN (" + marks.sql() + ")");
            args.addAll(marks.values());
        }
        query.labels()
                .forEach(
                        (name, value) -> {
                            conditions.add(
                                    rareLabel
                                            ? "id IN (SELECT run FROM orc_label WHERE label = ?)"
                                            : "EXISTS (SELECT 1 FROM orc_label l WHERE l.label = ? AND l.run = orc_run.id)");
                            args.add(Digest.of(name, value));
                        });
        if (query.after() != null) {
            conditions.add("(created, id) < (?, ?)");
            args.add(Micros.of(query.after().created()));
            args.add(query.after().id());
        }
        args.add(query.limit() + 1L);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT " + Summaries.columns("") + " FROM orc_run" + where + ORDER + " LIMIT ?";
    }

    Map<RunStatus, Long> count() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        database.<List<Long>>read(
                "count runs",
                session ->
                        session.query(
                                "SELECT status, count(*) AS runs FROM orc_run WHERE kind = 'USER'"
                                        + " GROUP BY status",
                                row ->
                                        counts.put(
                                                RunStatus.valueOf(row.getString("status")),
                                                row.getLong("runs"))));
        return counts;
    }

    private static SummaryPage page(List<RunSummary> found, int limit) {
        if (found.size() <= limit) {
            return new SummaryPage(found, Optional.empty());
        }
        RunSummary last = found.get(limit - 1);
        return new SummaryPage(
                found.subList(0, limit), Optional.of(new RunCursor(last.created(), last.id())));
    }

    private static void equal(
            List<String> conditions, List<Object> args, String column, String value) {
        if (value != null) {
            conditions.add(column + " = ?");
            args.add(value);
        }
    }
}
