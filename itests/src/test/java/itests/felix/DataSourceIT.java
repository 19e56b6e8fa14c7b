package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import javax.sql.DataSource;
import orchestrator.api.run.RunStatus;
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
import org.osgi.framework.ServiceRegistration;
import org.postgresql.ds.PGSimpleDataSource;

/** The store on a data source that another bundle offers: late, gone for a moment, replaced, gone for long. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class DataSourceIT {
    private static final String SERVER_PORT = "itests.postgres.port";
    private static final int RUNS = 10;

    @Inject private BundleContext context;
    private Platform platform;

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
    public void ask() throws Exception {
        platform = new Platform(context);
        configure(Map.of("datasource", "runs"));
        platform.install("orchestrator.state.jdbc");
    }

    @After
    public void stop() throws Exception {
        platform.bundle("orchestrator.state.jdbc").stop();
    }

    @Test
    public void aDataSourceMayComeLate() throws Exception {
        offer("another");
        assertFalse(platform.has(StateBackend.class));
        offer("runs");
        platform.service(WorkflowManager.class);
        Flight flight = Flight.of(platform, "late", 1);
        flight.letGo();
        flight.assertLands();
    }

    @Test
    public void aDataSourceMayBeReplacedWithRunsInFlight() throws Exception {
        ServiceRegistration<DataSource> first = offer("runs");
        platform.service(WorkflowManager.class);
        StateBackend before = platform.service(StateBackend.class);
        Flight flight = Flight.of(platform, "replaced", RUNS);
        first.unregister();
        assertSame("a moment disturbs nobody", before, platform.service(StateBackend.class));
        offer("runs");
        Await.present(
                "a backend on the other data source",
                () ->
                        Optional.ofNullable(context.getServiceReference(StateBackend.class))
                                .map(context::getService)
                                .filter(backend -> backend != before));
        flight.letGo();
        flight.assertLands();
    }

    @Test
    public void aDataSourceThatIsGoneForLongTakesTheBackendWithItUntilItComesBack()
            throws Exception {
        ServiceRegistration<DataSource> first = offer("runs");
        platform.service(WorkflowManager.class);
        Flight flight = Flight.of(platform, "gone", RUNS);
        first.unregister();
        long began = System.nanoTime();
        while (platform.has(StateBackend.class)) {
            assertFalse("still there", seconds(began) > 60);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertFalse("withdrawn after " + seconds(began) + " s", seconds(began) < 4);
        flight.letGo();
        offer("runs");
        platform.service(WorkflowManager.class);
        flight.assertLands();
    }

    @Test
    public void settingsThatContradictEachOtherOpenNothingUntilTheyAreCorrected() throws Exception {
        configure(Map.of("datasource", "runs", "user", "postgres"));
        offer("runs");
        configure(Map.of("datasource", "(dataSourceName=r*)"));
        platform.service(WorkflowManager.class);
        platform.workflow("one", builder -> builder.addTask("only", c -> 1));
        assertEquals(RunStatus.COMPLETED, Platform.end(platform.start("one")).status());
    }

    private void configure(Map<String, Object> values) throws Exception {
        platform.configure("orchestrator.state.jdbc", new HashMap<>(values));
    }

    private ServiceRegistration<DataSource> offer(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(
                "jdbc:postgresql://localhost:" + Integer.getInteger(SERVER_PORT) + "/postgres");
        source.setUser("postgres");
        return context.registerService(
                DataSource.class, source, Platform.dictionary(Map.of("dataSourceName", name)));
    }

    private static long seconds(long sinceNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
    }
}
