package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.state.Flaw;

/** Rows of runs that do not exist. */
final class Strays {
    private static final String JOURNAL = "orc_entry";
    private static final String KEYS = "orc_start_key";
    private static final List<String> BESIDE =
            List.of(
                    "orc_inbox",
                    "orc_wait",
                    "orc_label",
                    "orc_log",
                    "orc_log_count",
                    "orc_snapshot");

    /** How many runs one statement steps over, so that none takes long. */
    private static final int STRIDE = 1000;

    // From one run to the next by the index, however many rows each has.
    private static final String STEPS =
            "WITH RECURSIVE d(run) AS (SELECT min(t.run) FROM %1$s t WHERE t.run > ?"
                    + " UNION ALL SELECT (SELECT min(t.run) FROM %1$s t WHERE t.run > d.run) FROM d"
                    + " WHERE d.run IS NOT NULL)"
                    + " SELECT d.run, CASE WHEN EXISTS (SELECT 1 FROM orc_run r WHERE r.id = d.run)%2$s"
                    + " THEN 0 ELSE 1 END AS stray FROM d WHERE d.run IS NOT NULL LIMIT ?";

    private static final String RETIRED =
            " OR NOT EXISTS (SELECT 1 FROM orc_start_key k WHERE k.run = d.run AND k.ended IS NULL)";

    private final Database database;

    Strays(Database database) {
        this.database = database;
    }

    List<Flaw> list(String after, int limit) {
        Map<String, SortedSet<String>> tables = new TreeMap<>();
        collect(JOURNAL, "", after, limit, tables);
        collect(KEYS, RETIRED, after, limit, tables);
        for (String table : BESIDE) {
            collect(table, "", after, limit, tables);
        }
        return tables.entrySet().stream()
                .limit(limit)
                .map(entry -> flaw(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void collect(
            String table,
            String spared,
            String after,
            int limit,
            Map<String, SortedSet<String>> tables) {
        String sql = STEPS.formatted(table, spared);
        String cursor = after;
        int found = 0;
        while (cursor != null && found < limit) {
            List<Step> steps = steps(sql, cursor);
            for (Step step : steps) {
                if (step.stray) {
                    tables.computeIfAbsent(step.run, run -> new TreeSet<>()).add(table);
                    found++;
                }
            }
            cursor = steps.size() < STRIDE ? null : steps.get(steps.size() - 1).run;
        }
    }

    private List<Step> steps(String sql, String cursor) {
        return database.read(
                "look for rows of runs that do not exist",
                session ->
                        session.query(
                                sql,
                                row -> new Step(row.getString("run"), row.getInt("stray") == 1),
                                cursor,
                                (long) STRIDE));
    }

    private static Flaw flaw(String run, SortedSet<String> tables) {
        String part =
                tables.contains(JOURNAL) ? "journal" : tables.contains(KEYS) ? "start-key" : "rows";
        String what =
                switch (part) {
                    case "journal" -> "Expected a run with this journal";
                    case "start-key" -> "Expected the run of a start key";
                    default -> "Expected the run that these rows belong to";
                };
        return new Flaw(
                run, part, "%s, but there is none (%s)".formatted(what, String.join(", ", tables)));
    }

    int discard(Collection<Flaw> strays) {
        List<Flaw> removable = strays.stream().filter(s -> !s.part().equals("journal")).toList();
        return removable.isEmpty()
                ? 0
                : database.write(
                        "remove rows of runs that do not exist",
                        session -> {
                            int removed = 0;
                            for (Flaw stray : removable) {
                                removed += discard(session, stray.run()) ? 1 : 0;
                            }
                            return removed;
                        });
    }

    private static boolean discard(Session session, String run) throws SQLException {
        String stray =
                " WHERE run = ? AND NOT EXISTS (SELECT 1 FROM orc_run WHERE id = ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM orc_entry WHERE run = ?)";
        int rows =
                session.update("DELETE FROM " + KEYS + stray + " AND ended IS NULL", run, run, run);
        for (String table : BESIDE) {
            rows += session.update("DELETE FROM " + table + stray, run, run, run);
        }
        return rows > 0;
    }

    private record Step(String run, boolean stray) {}
}
