package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.state.jdbc.ExplainingDatabase;
import orchestrator.state.jdbc.ExplainingDatabase.Plan;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.ManyRuns;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.StoreCalls;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * How the embedded database executes each statement on a store of many runs: by an index. The long form has {@code
 * -Dplans.runs=1000000}, and tells all plans on the standard output.
 */
public class SqlitePlansTest {
    private static final int RUNS = Integer.getInteger("plans.runs", 20_000);
    private static final boolean LONG = RUNS > 20_000;
    private static final Pattern SCAN = Pattern.compile("^SCAN .*$", Pattern.MULTILINE);

    /** As many rows as there are nodes or unread messages, or rows that the statement itself has made or was given. */
    private static final Pattern SMALL =
            Pattern.compile(
                    "SCAN (orc_lease|orc_fence|p|pick|part|measured|\\(subquery-\\d+\\)|CONSTANT ROW).*"
                            + "|SCAN orc_inbox USING (COVERING )?INDEX orc_inbox_unconsumed");

    /** Lists that are read in the order of an index, up to the limit, and not sorted. */
    private static final Map<String, String> ORDERED =
            Map.ofEntries(
                    Map.entry("find: all", "orc_run_status"),
                    Map.entry("find: user runs", "orc_run_status"),
                    Map.entry("find: system runs", "orc_run_status"),
                    Map.entry("find: a later page", "orc_run_status"),
                    Map.entry("find: workflow", "orc_run_workflow"),
                    Map.entry("find: no such workflow", "orc_run_workflow"),
                    Map.entry("find: failed", "orc_run_status"),
                    Map.entry("find: label of all", "orc_run_status"),
                    Map.entry("find: live", "orc_run_status"),
                    Map.entry("find: live, all", "orc_run_status"),
                    Map.entry("find: paused, all", "orc_run_status"),
                    Map.entry("find: reason", "orc_run_reason"),
                    Map.entry("find: no such reason", "orc_run_reason"),
                    Map.entry("find: subject", "orc_run_subject"));

    /** How runs that ended before a time are found: no index is kept for them. */
    private static final String ENDED_RUNS =
            "INDEX orc_run_status (kind=? AND status=? AND created<?)";

    /** For the store. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void everyStatementFindsWhatItNeedsByAnIndex() {
        ExplainingDatabase database =
                new ExplainingDatabase(
                        SqliteDatabase.open(folder.getRoot().toPath(), 4, Clock.systemUTC()),
                        SqlitePlansTest::explain);
        List<String> faults = new ArrayList<>();
        try (JdbcStateBackend backend = SqliteStore.on(database)) {
            var now = backend.enter("clock", Duration.ofHours(1)).storeTime();
            ManyRuns runs = new ManyRuns(RUNS, now);
            StoreCalls calls = new StoreCalls(backend, runs.fill(backend), runs, now);
            for (Map<String, Runnable> part : List.of(calls.lists(), calls.hot(), calls.rare())) {
                part.forEach((name, call) -> faults.addAll(faults(database, name, call)));
            }
        }
        assertEquals(String.join("\n", faults), 0, faults.size());
    }

    private static List<String> faults(ExplainingDatabase database, String name, Runnable call) {
        List<String> faults = new ArrayList<>();
        long began = System.nanoTime();
        List<Plan> plans = database.explain(name, call);
        long micros = (System.nanoTime() - began) / 1000;
        for (Plan plan : plans) {
            if (LONG) {
                System.out.println(plan);
            }
            Matcher scan = SCAN.matcher(plan.text());
            while (scan.find()) {
                if (!name.equals("count") && !SMALL.matcher(scan.group()).matches()) {
                    faults.add("Expected an index, but found " + scan.group() + " in " + plan);
                }
            }
            boolean looks =
                    name.equals("delete") && plan.sql().startsWith("SELECT id FROM orc_run");
            if (looks && !plan.text().contains(ENDED_RUNS)) {
                faults.add("Expected " + ENDED_RUNS + ", but found " + plan);
            }
            String index = ORDERED.get(name);
            boolean ofRuns = plan.text().contains("orc_run"); // not of how many have a label
            if (index != null && ofRuns && !isOrdered(plan.text(), index)) {
                faults.add("Expected the order of " + index + ", but found " + plan);
            }
        }
        if (LONG) {
            System.out.printf("#### %-28s %8d us%n", name, micros);
        }
        return faults;
    }

    /** Found in order; several such lists, each cut off at its limit, are sorted once more to be merged. */
    private static boolean isOrdered(String plan, String index) {
        String lists = plan.replace("SCAN p\nUSE TEMP B-TREE FOR ORDER BY", "");
        return plan.contains(index) && !lists.contains("TEMP B-TREE");
    }

    private static String explain(Session session, String sql, Object... args) throws SQLException {
        return String.join(
                "\n",
                session.query("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail"), args));
    }
}
