package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import itests.felix.plugin.GivingPlugin;
import itests.felix.plugin.HoldingPlugin;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import orchestrator.api.Task;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.api.run.TaskInfo;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Tasks leave and come back while runs need them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TasksComeAndGoIT {
    private static final String PLUGIN = "itests.plugin";
    private static final String PLUGIN_TASK = "itests.plugin.work";

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
    public void aRunWaitsForATaskThatIsNotThere() throws InterruptedException {
        platform.workflow("late", builder -> builder.addTask("work", "itests.late"));
        RunHandle run = platform.start("late");
        assertWaitsFor("itests.late", platform.waiting(run.id()));

        platform.task("itests.late", c -> "came");

        assertEquals("came", completed(run).output("work").orElseThrow());
    }

    @Test
    public void aTaskThatLeavesDuringItsAttemptAndComesBackLosesNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ServiceRegistration<Task> leaving =
                platform.task(
                        "itests.leaving",
                        c -> {
                            CountDownLatch asked = new CountDownLatch(1);
                            c.onCancel(asked::countDown);
                            begun.countDown();
                            asked.await();
                            throw new InterruptedException("asked to end");
                        });
        platform.workflow(
                "leaving",
                builder -> {
                    builder.addTask("before", c -> "kept");
                    builder.step("work").task("itests.leaving").after("before");
                });
        RunHandle run = platform.start("leaving");
        Await.zero("the attempt", begun);

        leaving.unregister();

        assertWaitsFor("itests.leaving", platform.waiting(run.id()));
        platform.task("itests.leaving", c -> c.output("before", String.class).orElseThrow());
        assertEquals("kept", completed(run).output("work").orElseThrow());
        Journal journal = new Journal(platform.state(), run.id());
        journal.assertOneResultOf("before", "work");
        assertEquals(1, journal.count("AttemptHandedBack"));
        assertEquals(0, journal.count("AttemptFailed"));
    }

    @Test
    public void anAttemptThatEndsWhileItsTaskLeavesKeepsItsResult() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ServiceRegistration<Task> leaving =
                platform.task(
                        "itests.finishing",
                        c -> {
                            CountDownLatch asked = new CountDownLatch(1);
                            c.onCancel(asked::countDown);
                            begun.countDown();
                            asked.await();
                            return "finished";
                        });
        platform.workflow("finishing", builder -> builder.addTask("work", "itests.finishing"));
        RunHandle run = platform.start("finishing");
        Await.zero("the attempt", begun);

        leaving.unregister();

        assertEquals("finished", completed(run).output("work").orElseThrow());
    }

    @Test
    public void anAttemptThatDoesNotEndWhenAskedIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ServiceRegistration<Task> leaving =
                platform.task(
                        "itests.stubborn",
                        c -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                            return null;
                        });
        platform.workflow("stubborn", builder -> builder.addTask("work", "itests.stubborn"));
        RunHandle run = platform.start("stubborn");
        Await.zero("the attempt", begun);

        leaving.unregister();

        Await.zero("its interrupt", interrupted);
        assertWaitsFor("itests.stubborn", platform.waiting(run.id()));
        platform.task("itests.stubborn", c -> "willing");
        assertEquals("willing", completed(run).output("work").orElseThrow());
        Journal journal = new Journal(platform.state(), run.id());
        assertEquals(1, journal.count("AttemptHandedBack"));
        assertEquals(0, journal.count("AttemptFailed"));
    }

    @Test
    public void aPluginIsUpdatedDuringItsAttempt() throws Exception {
        Bundle plugin = install(new PluginJar(PLUGIN, "1.0.0").activator(HoldingPlugin.class));
        RunHandle run = startedAttempt("updated");

        plugin.update(new PluginJar(PLUGIN, "2.0.0").activator(GivingPlugin.class).open());

        assertEquals("given at attempt 2", completed(run).output("work").orElseThrow());
        assertHandedOver(run, "2.0.0");
        plugin.uninstall();
    }

    @Test
    public void aPluginIsStoppedDuringItsAttemptAndReplaced() throws Exception {
        Bundle plugin = install(new PluginJar(PLUGIN, "1.0.0").activator(HoldingPlugin.class));
        RunHandle run = startedAttempt("stopped");

        plugin.stop();

        assertWaitsFor(PLUGIN_TASK, platform.waiting(run.id()));
        plugin.update(new PluginJar(PLUGIN, "1.0.1").activator(GivingPlugin.class).open());
        plugin.start();
        assertEquals("given at attempt 2", completed(run).output("work").orElseThrow());
        assertHandedOver(run, "1.0.1");
        plugin.uninstall();
    }

    @Test
    public void aPrototypeGivesEachAttemptATaskOfItsOwn() throws Exception {
        Queue<Task> made = new ConcurrentLinkedQueue<>();
        Queue<Task> givenBack = new ConcurrentLinkedQueue<>();
        ServiceRegistration<?> prototype =
                context.registerService(
                        Task.class,
                        new PrototypeServiceFactory<Task>() {
                            @Override
                            public Task getService(Bundle b, ServiceRegistration<Task> r) {
                                Task task = new OwnTask();
                                made.add(task);
                                return task;
                            }

                            @Override
                            public void ungetService(
                                    Bundle b, ServiceRegistration<Task> r, Task task) {
                                givenBack.add(task);
                            }
                        },
                        Platform.dictionary(Map.of("task.name", "itests.prototype")));
        assertEquals(
                Constants.SCOPE_PROTOTYPE,
                prototype.getReference().getProperty(Constants.SERVICE_SCOPE));
        platform.workflow(
                "prototype",
                builder -> {
                    builder.addTask("first", "itests.prototype");
                    builder.step("second").task("itests.prototype").after("first");
                });

        completed(platform.start("prototype"));

        List<Task> tasks = List.copyOf(made);
        assertEquals(2, tasks.size());
        assertNotSame(tasks.get(0), tasks.get(1));
        assertEquals(tasks, List.copyOf(givenBack));
        prototype.unregister();
    }

    @Test
    public void aTaskIsTakenOnceItsNameIsRight() throws Exception {
        ServiceRegistration<Task> task = platform.task("not a name", c -> "right");
        TaskInfo refused = task("not a name");
        assertTrue(refused.problem().orElseThrow().contains("'not a name'"));

        task.setProperties(Platform.dictionary(Map.of("task.name", "itests.right")));

        assertTrue(task("itests.right").problem().isEmpty());
        platform.workflow("right", builder -> builder.addTask("work", "itests.right"));
        assertEquals("right", completed(platform.start("right")).output("work").orElseThrow());
        assertTrue(platform.tasks().tasks().stream().noneMatch(t -> t.name().equals("not a name")));
    }

    private TaskInfo task(String name) {
        List<TaskInfo> tasks = platform.tasks().tasks();
        return tasks.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Expected " + name + " in " + tasks));
    }

    private Bundle install(PluginJar jar) throws BundleException {
        Bundle plugin = context.installBundle("itests:plugin", jar.open());
        plugin.start();
        return plugin;
    }

    /** A run of the plugin's task whose body is at work. */
    private RunHandle startedAttempt(String workflow) {
        platform.workflow(workflow, builder -> builder.addTask("work", PLUGIN_TASK));
        RunHandle run = platform.start(workflow);
        platform.run(
                run.id(),
                "at work",
                r -> r.steps().get(0).message().filter(m -> m.contains("at work")).isPresent());
        return run;
    }

    private static RunDetails completed(RunHandle run) throws InterruptedException {
        RunDetails end = Platform.end(run);
        assertEquals(end.error().orElse(""), RunStatus.COMPLETED, end.status());
        return end;
    }

    private void assertHandedOver(RunHandle run, String version) {
        Journal journal = new Journal(platform.state(), run.id());
        journal.assertOneResultOf("work");
        assertEquals(1, journal.count("AttemptHandedBack"));
        assertEquals(0, journal.count("AttemptFailed"));
        assertEquals(version, journal.last("AttemptCompleted", "taskVersion"));
    }

    private static void assertWaitsFor(String task, RunDetails run) {
        Reason reason = run.reason().orElseThrow();
        assertEquals("task", reason.code());
        assertEquals(task, reason.subject());
        assertEquals(
                StepStatus.WAITING,
                run.steps().stream()
                        .filter(step -> step.task().equals(task))
                        .findFirst()
                        .orElseThrow()
                        .status());
    }

    private static final class OwnTask implements Task {
        @Override
        public Object execute(orchestrator.api.TaskContext c) {
            return null;
        }
    }
}
