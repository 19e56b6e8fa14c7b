package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.ExplainingDatabase;
import orchestrator.state.jdbc.ExplainingDatabase.Plan;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.ManyRuns;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.StoreCalls;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * How PostgreSQL executes each statement on a store of many runs: by an index, and looking at few pages. The long form
 * has {@code -Dplans.runs=1000000}, and tells all plans on the standard output.
 */
public class PostgresPlansTest {
    private static final int RUNS = Integer.getInteger("plans.runs", 20_000);
    private static final boolean LONG = RUNS > 20_000;

    /** Of 8 KiB. A statement for 64 runs looks at some for each; a list of 50 runs too. */
    private static final int MOST_PAGES = 4_500;

    private static final Pattern SCAN = Pattern.compile("Seq Scan on (orc_\\w+)");
    private static final Pattern PAGES =
            Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
    private static final Pattern TIME = Pattern.compile("Execution Time: ([0-9.]+) ms");

    /** How runs that ended before a time are found: no index is kept for them, and nothing is sorted. */
    private static final Pattern ENDED_RUNS =
            Pattern.compile("-> +LockRows[^\\n]*\\n[^>]*-> +Index Scan using orc_run_status ");

    private PostgresServer.Store store;
    private ExplainingDatabase database;
    private JdbcStateBackend backend;
    private StoreCalls calls;

    @Before
    public void fill() throws SQLException {
        store = PostgresServer.get().newStore();
        database =
                new ExplainingDatabase(
                        PostgresDatabase.open(store.settings()), PostgresPlansTest::explain);
        backend = PostgresStore.on(database);
        var now = backend.enter("clock", java.time.Duration.ofHours(1)).storeTime();
        ManyRuns runs = new ManyRuns(RUNS, now);
        NodeLease node = runs.fill(backend);
        try (Connection connection = PostgresServer.get().connect(store.schema());
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
        calls = new StoreCalls(backend, node, runs, now);
    }

    @After
    public void close() throws SQLException {
        backend.close();
        store.close();
    }

    @Test
    public void everyStatementFindsWhatItNeedsByAnIndex() {
        List<String> faults = new ArrayList<>();
        for (Map<String, Runnable> part : List.of(calls.lists(), calls.hot())) {
            part.forEach((name, call) -> faults.addAll(faults(name, call, MOST_PAGES)));
        }
        calls.rare().forEach((name, call) -> faults.addAll(faults(name, call, Integer.MAX_VALUE)));
        assertEquals(String.join("\n", faults), 0, faults.size());
    }

    private List<String> faults(String name, Runnable call, int mostPages) {
        List<String> faults = new ArrayList<>();
        long began = System.nanoTime();
        List<Plan> plans = database.explain(name, call);
        long micros = (System.nanoTime() - began) / 1000;
        int pages = 0;
        double millis = 0;
        for (Plan plan : plans) {
            if (LONG) {
                System.out.println(plan);
            }
            Matcher scan = SCAN.matcher(plan.text());
            while (scan.find()) {
                // As many rows as there are nodes.
                if (!List.of("orc_lease", "orc_fence").contains(scan.group(1))) {
                    faults.add("Expected no scan of " + scan.group(1) + ", but found " + plan);
                }
            }
            boolean looks = name.equals("delete") && plan.sql().startsWith("WITH gone");
            if (looks && !ENDED_RUNS.matcher(plan.text()).find()) {
                faults.add("Expected " + ENDED_RUNS + ", but found " + plan);
            }
            int own = pages(plan.text());
            pages += own;
            Matcher time = TIME.matcher(plan.text());
            millis += time.find() ? Double.parseDouble(time.group(1)) : 0;
            if (own > mostPages) {
                faults.add(
                        "Expected at most "
                                + mostPages
                                + " pages, but found "
                                + own
                                + " in "
                                + plan);
            }
        }
        if (LONG) {
            System.out.printf(
                    "#### %-28s %6d pages %9.2f ms (%d us)%n", name, pages, millis, micros);
        }
        return faults;
    }

    /** Those of the topmost node, which are those of all. */
    private static int pages(String plan) {
        Matcher pages = PAGES.matcher(plan);
        return pages.find() ? number(pages.group(1)) + number(pages.group(2)) : 0;
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    /** Executed, because only that shows the pages, and taken back. */
    private static String explain(Session session, String sql, Object... args) throws SQLException {
        session.update("BEGIN");
        try {
            return String.join(
                    "\n",
                    session.query(
                            "EXPLAIN (ANALYZE, BUFFERS) " + sql, row -> row.getString(1), args));
        } finally {
            session.update("ROLLBACK");
        }
    }
}
