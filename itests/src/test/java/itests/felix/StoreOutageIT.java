package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
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
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/** The database server is away for 3 s, with runs in flight. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class StoreOutageIT {
    private static final String SERVER_PORT = "itests.postgres.port";
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int RUNS = 20;

    @Inject private BundleContext context;
    private Platform platform;
    private Wire wire;
    private ExecutorService callers;

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.idleJdbc(),
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
        platform.bundle("orchestrator.state.jdbc").start();
        platform.service(WorkflowManager.class);
    }

    @After
    public void disconnect() throws Exception {
        callers.shutdownNow();
        platform.bundle("orchestrator.state.jdbc").stop();
        wire.close();
    }

    @Test
    public void nothingIsLostAndNoComponentIsDeactivated() throws Exception {
        CountDownLatch atWork = new CountDownLatch(RUNS);
        CountDownLatch away = new CountDownLatch(1);
        AtomicInteger bodies = new AtomicInteger();
        Set<String> keys = ConcurrentHashMap.newKeySet();
        platform.workflow(
                "outage",
                builder -> {
                    builder.addTask("before", c -> 1);
                    builder.addTask(
                            "during",
                            c -> {
                                atWork.countDown();
                                away.await();
                                bodies.incrementAndGet();
                                keys.add(c.idempotencyKey());
                                return c.output("before", Integer.class).orElseThrow() + 1;
                            });
                    builder.addTask(
                            "later", c -> c.output("during", Integer.class).orElseThrow() + 1);
                    builder.step("during").after("before");
                    builder.step("later").after("during");
                });
        List<RunHandle> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(platform.start("outage"));
        }
        Await.zero("an attempt of each run", atWork);
        Components components =
                new Components(context, "orchestrator.engine", "orchestrator.state.jdbc");
        List<String> before = components.now();
        assertEquals(before.toString(), 2, components.active());
        Queue<String> left = departures();
        StateBackend backend = platform.service(StateBackend.class);
        Queue<RunHandle> accepted = new ConcurrentLinkedQueue<>();
        Queue<RefusedException> refused = new ConcurrentLinkedQueue<>();
        CountDownLatch answered = new CountDownLatch(3);

        wire.cut();
        long back = System.nanoTime() + AWAY_NANOS;
        away.countDown();
        for (int i = 0; i < 3; i++) {
            callers.execute(() -> start(accepted, refused, answered));
        }
        Set<List<String>> seen = ConcurrentHashMap.newKeySet();
        while (System.nanoTime() < back) {
            seen.add(components.now());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertFalse("a result became durable without a store", runs.stream().anyMatch(this::ended));
        wire.mend();

        for (RunHandle run : runs) {
            RunDetails end = Platform.end(run);
            assertEquals(RunStatus.COMPLETED, end.status());
            assertEquals(3L, ((Number) end.output("later").orElseThrow()).longValue());
            new Journal(platform.state(), run.id()).assertOneResultOf("before", "during", "later");
        }
        Await.zero("an answer to each start meanwhile", answered);
        for (RunHandle run : accepted) {
            assertEquals(RunStatus.COMPLETED, Platform.end(run).status());
        }
        refused.forEach(e -> assertEquals(e.getMessage(), "store", e.code()));
        assertEquals(3, accepted.size() + refused.size());
        assertEquals(Set.of(before), seen);
        assertEquals(before, components.now());
        assertEquals(List.of(), List.copyOf(left));
        assertTrue(backend == platform.service(StateBackend.class));
        assertEquals("a body ran twice", keys.size(), bodies.get());
    }

    private boolean ended(RunHandle run) {
        return run.result().toCompletableFuture().isDone();
    }

    private void start(
            Queue<RunHandle> accepted, Queue<RefusedException> refused, CountDownLatch answered) {
        try {
            accepted.add(platform.start("outage"));
        } catch (RefusedException e) {
            refused.add(e);
        }
        answered.countDown();
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
