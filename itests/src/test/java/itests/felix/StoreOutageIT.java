package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.api.state.StateBackend;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.postgresql.ds.PGSimpleDataSource;

/** The database server is away for 3 s, with runs in flight. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class StoreOutageIT {
    private static final String SERVER_PORT = "itests.postgres.port";
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int RUNS = 20;
    private static final int STARTS = 3;

    @Inject private BundleContext context;
    private Platform platform;
    private Wire wire;
    private ExecutorService callers;

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.jdbcLater(),
                PlainFelix.postgresql(),
                systemProperty(SERVER_PORT).value(Integer.toString(PostgresServer.start())));
    }

    @Before
    public void connect() throws Exception {
        platform = new Platform(context);
        wire = new Wire(Integer.getInteger(SERVER_PORT));
        callers = Executors.newCachedThreadPool();
        platform.configure(
                "orchestrator.state.jdbc",
                Map.of(
                        "url",
                        "jdbc:postgresql://localhost:" + wire.port() + "/postgres",
                        "user",
                        "postgres"));
        platform.install("orchestrator.state.jdbc");
        platform.service(WorkflowManager.class);
    }

    @After
    public void disconnect() throws Exception {
        callers.shutdownNow();
        platform.bundle("orchestrator.state.jdbc").stop(); // it says good-bye to its server
        wire.close();
    }

    @Test
    public void threeSecondsWithoutTheServerDeactivateNothingAndLoseNothing() throws Exception {
        Flight flight = Flight.of(platform, "outage", RUNS);
        Components components =
                new Components(context, "orchestrator.engine", "orchestrator.state.jdbc");
        List<String> before = components.now();
        assertEquals(before.toString(), 2, components.active());
        StateBackend backend = platform.service(StateBackend.class);
        Queue<String> left = departures();
        List<Future<RunHandle>> starts = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();

        wire.cut();
        long back = System.nanoTime() + AWAY_NANOS;
        flight.letGo();
        for (int i = 0; i < STARTS; i++) {
            starts.add(callers.submit(() -> platform.start(flight.workflow())));
        }
        while (System.nanoTime() < back) {
            seen.add(components.now());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertFalse("a result was told that is not durable", flight.anyEnded());
        wire.mend();

        flight.assertLands();
        for (Future<RunHandle> start : starts) {
            assertAcceptedOrRefused(start);
        }
        assertNothingIsLeftUndone();
        assertEquals(Set.of(before), seen);
        assertEquals(before, components.now());
        assertEquals(List.of(), List.copyOf(left));
        assertSame(backend, platform.service(StateBackend.class));
    }

    @Test
    public void whatTheServerWroteAndCouldNotSayIsNotWrittenTwice() throws Exception {
        Flight flight = Flight.of(platform, "unanswered", RUNS);
        long before = entries();

        wire.loseAnswers();
        flight.letGo();
        Future<RunHandle> start = callers.submit(() -> platform.start(flight.workflow()));
        Await.present(
                "an append that the client does not know of",
                () -> entries() > before ? Optional.of(true) : Optional.empty());
        assertFalse("a result was told that is not known to be durable", flight.anyEnded());
        wire.cut();
        wire.mend();

        flight.assertLands();
        assertAcceptedOrRefused(start);
        assertNothingIsLeftUndone();
    }

    private static void assertAcceptedOrRefused(Future<RunHandle> start) throws Exception {
        try {
            RunHandle run = start.get(60, TimeUnit.SECONDS);
            assertEquals(RunStatus.COMPLETED, Platform.end(run).status());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                assertEquals(refused.getMessage(), "store", refused.code());
            } else {
                throw e;
            }
        }
    }

    /** A run that the store took, though its start was refused for want of an answer, goes on too. */
    private void assertNothingIsLeftUndone() {
        Await.present(
                "every run in the store to have completed",
                () ->
                        platform.state().count().entrySet().stream()
                                        .allMatch(
                                                count ->
                                                        count.getKey() == RunStatus.COMPLETED
                                                                || count.getValue() == 0)
                                ? Optional.of(true)
                                : Optional.empty());
    }

    /** How many entries the server has, asked without the wire. */
    private long entries() {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setUrl(
                "jdbc:postgresql://localhost:" + Integer.getInteger(SERVER_PORT) + "/postgres");
        server.setUser("postgres");
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM orc_entry")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The services of the platform that leave from now on. */
    private Queue<String> departures() {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        Set<String> watched =
                Set.of(
                        StateBackend.class.getName(),
                        WorkflowManager.class.getName(),
                        TaskExecutor.class.getName(),
                        StateManager.class.getName());
        ServiceListener listener =
                event -> {
                    String[] types =
                            (String[]) event.getServiceReference().getProperty("objectClass");
                    if (event.getType() == ServiceEvent.UNREGISTERING
                            && watched.contains(types[0])) {
                        left.add(types[0]);
                    }
                };
        context.addServiceListener(listener);
        return left;
    }
}
