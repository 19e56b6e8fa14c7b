package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.TaskContext;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteDataSource;

/** A body that runs twice, and an effect that happens once: the example of {@code docs/durability.md}. */
public class AtLeastOnceTest {
    /** For the store, and for the payments. */
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private final SQLiteDataSource payments = new SQLiteDataSource();
    private final AtomicInteger bodies = new AtomicInteger();
    private Charge charge;

    @Before
    public void makePayments() throws Exception {
        payments.setUrl("jdbc:sqlite:" + folder.newFile("payments.db"));
        try (Connection connection = payments.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE payment (key text PRIMARY KEY, cents bigint)");
        }
        charge = new Charge(payments);
    }

    @Test
    public void anAttemptThatFailsAfterItsEffectIsRepeatedWithTheSameKey() throws Exception {
        try (JdbcStateBackend store = open();
                TestEngine engine = new TestEngine(store)) {
            engine.offer("charge", this::chargeThenFailOnce);
            describe(engine);
            RunDetails run = engine.run("order", Map.of("cents", 990));
            assertEquals(RunStatus.COMPLETED, run.status());
            assertEquals("charged before", run.output("pay").orElseThrow());
        }
        assertEquals(2, bodies.get());
        assertPaidOnce();
    }

    private Object chargeThenFailOnce(TaskContext context) throws Exception {
        Object answer = charge.execute(context);
        if (bodies.incrementAndGet() == 1) {
            throw new IllegalStateException("after the effect");
        }
        return answer;
    }

    /** The node is superseded between the effect and its result, as when it is killed and started again. */
    @Test
    public void anAttemptWhoseResultIsLostIsRepeatedWithTheSameKey() throws Exception {
        CountDownLatch charged = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        try (JdbcStateBackend store = open();
                TestEngine first = new TestEngine(store)) {
            first.offer(
                    "charge",
                    context -> {
                        Object answer = charge.execute(context);
                        bodies.incrementAndGet();
                        charged.countDown();
                        killed.await();
                        return answer;
                    });
            describe(first);
            RunHandle run = first.start("order", Map.of("cents", 990));
            assertTrue(charged.await(60, TimeUnit.SECONDS));
            try (TestEngine second = new TestEngine(store)) {
                second.offer(
                        "charge",
                        context -> {
                            bodies.incrementAndGet();
                            return charge.execute(context);
                        });
                Await.until("the end of the run", () -> status(second, run).status().isFinal());
                assertEquals("charged before", status(second, run).output("pay").orElseThrow());
            } finally {
                killed.countDown();
            }
        }
        assertEquals(2, bodies.get());
        assertPaidOnce();
    }

    @Test
    public void theGuideShowsThisTask() throws Exception {
        String guide = Files.readString(Path.of("../docs/durability.md"));
        String shown = guide.substring(guide.indexOf("```java\n") + 8);
        shown = shown.substring(0, shown.indexOf("```"));
        String task = Files.readString(Path.of("src/test/java/itests/engine/Charge.java"));
        assertTrue(
                shown,
                task.replaceAll("\\s+", " ").contains(shown.strip().replaceAll("\\s+", " ")));
    }

    private static RunDetails status(TestEngine engine, RunHandle run) {
        return engine.manager.getWorkflowStatus(run.id()).orElseThrow();
    }

    private JdbcStateBackend open() {
        return SqliteStore.open(folder.getRoot().toPath().resolve("store"), 2, Clock.systemUTC());
    }

    private static void describe(TestEngine engine) {
        engine.workflow(
                "order",
                builder -> {
                    builder.step("pay").task("charge").input("cents", "${input.cents}");
                });
    }

    private void assertPaidOnce() throws SQLException {
        try (Connection connection = payments.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*), sum(cents) FROM payment")) {
            row.next();
            assertEquals(1, row.getInt(1));
            assertEquals(990, row.getInt(2));
        }
    }
}
