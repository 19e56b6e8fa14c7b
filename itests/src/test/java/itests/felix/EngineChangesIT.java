package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import itests.felix.plugin.GivingPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.WorkflowManager;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** The engine is configured anew, and restarted, while runs are in flight. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class EngineChangesIT {
    private static final String ENGINE = "orchestrator.engine";
    private static final int RUNS = 5;

    @Inject private BundleContext context;
    private Platform platform;

    @Configuration
    public Option[] configuration() {
        return options(PlainFelix.platform(), PlainFelix.engine(), PlainFelix.jdbc());
    }

    @Before
    public void platform() {
        platform = new Platform(context);
    }

    @Test
    public void aRaisedLimitLetsAnotherAttemptStart() throws Exception {
        platform.bundle(ENGINE).stop();
        platform.configure(ENGINE, Map.of("max.concurrent.tasks", 1));
        platform.bundle(ENGINE).start();
        Semaphore begun = new Semaphore(0);
        CountDownLatch end = new CountDownLatch(1);
        platform.task(
                "itests.held",
                c -> {
                    begun.release();
                    end.await();
                    return null;
                });
        platform.workflow(
                "held",
                builder -> {
                    builder.addTask("one", "itests.held");
                    builder.addTask("two", "itests.held");
                });
        RunHandle run = platform.start("held");
        assertTrue("a first attempt", begun.tryAcquire(60, TimeUnit.SECONDS));
        Components components = new Components(context, ENGINE);
        List<String> before = components.now();
        assertEquals("attempts in progress", 1, running("itests.held"));
        assertEquals("more attempts that have begun", 0, begun.availablePermits());

        platform.configure(ENGINE, Map.of("max.concurrent.tasks", 2));

        assertTrue("a second attempt", begun.tryAcquire(60, TimeUnit.SECONDS));
        assertEquals(before, components.now());
        end.countDown();
        assertEquals(RunStatus.COMPLETED, Platform.end(run).status());
    }

    private int running(String task) {
        return platform.tasks().tasks().stream()
                .filter(t -> t.name().equals(task))
                .mapToInt(TaskInfo::running)
                .sum();
    }

    @Test
    public void runsGoOnWhenTheEngineIsRestarted() throws Exception {
        Bundle plugin =
                context.installBundle(
                        "itests:plugin",
                        new PluginJar("itests.plugin", "1.0.0")
                                .activator(GivingPlugin.class)
                                .open());
        plugin.start();
        AtomicInteger firsts = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(RUNS);
        CountDownLatch end = new CountDownLatch(1);
        platform.task("itests.first", c -> firsts.incrementAndGet());
        platform.task(
                "itests.held",
                c -> {
                    held.countDown();
                    end.await();
                    return c.attempt();
                });
        platform.workflow(
                "restarted",
                builder -> {
                    builder.addTask("first", "itests.first");
                    builder.step("held").task("itests.held").after("first");
                    builder.step("last").task("itests.plugin.work").after("held");
                });
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(platform.start("restarted").id());
        }
        Await.zero("an attempt of each run", held);
        List<String> before = new Components(context, ENGINE).now();
        Queue<String> events = bundleEvents();

        platform.bundle(ENGINE).stop();
        assertTrue(!platform.has(WorkflowManager.class));
        end.countDown();
        platform.bundle(ENGINE).start();

        for (String run : runs) {
            RunDetails ended = platform.ended(run);
            assertEquals(RunStatus.COMPLETED, ended.status());
            assertEquals("given at attempt 1", ended.output("last").orElseThrow());
            new Journal(platform.state(), run).assertOneResultOf("first", "held", "last");
        }
        assertEquals("finished steps are not done again", RUNS, firsts.get());
        assertNotEquals(before, new Components(context, ENGINE).now());
        assertEquals(List.of(), events.stream().filter(e -> !e.startsWith(ENGINE + " ")).toList());
        assertTrue(events.toString(), events.contains(ENGINE + " " + BundleEvent.STOPPED));
    }

    @Test
    public void runsGoOnWhenTheStoresBundleIsRestarted() throws Exception {
        Flight flight = Flight.of(platform, "kept", RUNS);
        List<String> before = new Components(context, ENGINE).now();
        WorkflowManager manager = platform.manager();

        platform.bundle("orchestrator.state.jdbc").stop();
        RefusedException refused =
                assertThrows(RefusedException.class, () -> platform.start("kept"));
        assertEquals("store", refused.code());
        flight.letGo();
        platform.bundle("orchestrator.state.jdbc").start();

        flight.assertLands();
        assertSame(manager, platform.manager());
        assertEquals(before, new Components(context, ENGINE).now());
    }

    private Queue<String> bundleEvents() {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        SynchronousBundleListener listener =
                event -> events.add(event.getBundle().getSymbolicName() + " " + event.getType());
        context.addBundleListener(listener);
        return events;
    }
}
