package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.inject.Inject;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.WorkflowManager;
import orchestrator.api.state.StateBackend;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** The engine is there before its store, and chooses it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class BackendChoiceIT {
    private static final String MANAGERS = "(objectClass=" + WorkflowManager.class.getName() + ")";

    @Inject private BundleContext context;
    private Platform platform;

    /** The backends that were there each time a WorkflowManager came. */
    private final BlockingQueue<List<String>> backendsAtReady = new LinkedBlockingQueue<>();

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.memoryLater(),
                PlainFelix.jdbcLater());
    }

    @Before
    public void watch() throws InvalidSyntaxException {
        platform = new Platform(context);
        platform.workflow("simple", builder -> builder.addTask("only", c -> "done"));
        context.addServiceListener(
                event -> {
                    if (event.getType() == ServiceEvent.REGISTERED) {
                        backendsAtReady.add(backends());
                    }
                },
                MANAGERS);
    }

    @Test
    public void aRunIsTakenAsSoonAsTheServiceIsThere() throws Exception {
        assertEquals(1, new Components(context, "orchestrator.engine").active());
        assertFalse(platform.has(WorkflowManager.class));
        BlockingQueue<RunHandle> started = new LinkedBlockingQueue<>();
        context.addServiceListener(startAtOnce(started), MANAGERS);

        platform.install("orchestrator.state.jdbc");

        RunDetails end = Platform.end(Await.next("a run", started));
        assertEquals(RunStatus.COMPLETED, end.status());
        assertEquals("done", end.output("only").orElseThrow());
    }

    /** Whoever has the service can use it, on whatever thread it learns of it. */
    private ServiceListener startAtOnce(BlockingQueue<RunHandle> started) {
        return event -> {
            if (event.getType() == ServiceEvent.REGISTERED
                    && context.getService(event.getServiceReference())
                            instanceof WorkflowManager manager) {
                started.add(manager.executeWorkflow("simple", Map.of(), StartOptions.none()));
            }
        };
    }

    @Test
    public void memoryIsNeverFallenBackTo() throws Exception {
        platform.install("orchestrator.state.memory");
        platform.service(StateBackend.class);
        assertFalse(platform.has(WorkflowManager.class));

        platform.install("orchestrator.state.jdbc");

        assertEquals(List.of("jdbc", "memory"), Await.next("the engine", backendsAtReady));
        assertRunsAreIn("jdbc");
    }

    @Test
    public void memoryIsUsedWhenItIsNamed() throws Exception {
        platform.configure("orchestrator.engine", Map.of("state.name", "memory"));
        platform.install("orchestrator.state.jdbc");
        platform.service(StateBackend.class);

        platform.install("orchestrator.state.memory");

        assertTrue(Await.next("the engine", backendsAtReady).contains("memory"));
        assertRunsAreIn("memory");
    }

    @Test
    public void oneOfSeveralDurableBackendsIsUsedOnlyWhenItIsNamed() throws Exception {
        platform.bundle("orchestrator.engine").stop();
        platform.install("orchestrator.state.memory");
        platform.install("orchestrator.state.jdbc");
        reference("jdbc");
        offerAsDurable(reference("memory"), "other");
        platform.bundle("orchestrator.engine").start();
        assertFalse(platform.has(WorkflowManager.class));
        offerAsDurable(reference("memory"), "third");

        platform.configure("orchestrator.engine", Map.of("state.name", "third"));

        assertEquals(
                List.of("jdbc", "memory", "other", "third"),
                Await.next("the engine", backendsAtReady));
        RunHandle run = platform.start("simple");
        assertEquals(RunStatus.COMPLETED, Platform.end(run).status());
        assertEquals(0, backend("jdbc").summaries(List.of(run.id())).size());
        assertEquals(1, backend("third").summaries(List.of(run.id())).size());
    }

    private void offerAsDurable(ServiceReference<StateBackend> reference, String name) {
        Map<String, Object> properties =
                Map.of(StateBackend.STATE_NAME, name, StateBackend.STATE_DURABLE, true);
        context.registerService(
                StateBackend.class, context.getService(reference), Platform.dictionary(properties));
    }

    private void assertRunsAreIn(String name) throws InterruptedException {
        RunHandle run = platform.start("simple");
        assertEquals(RunStatus.COMPLETED, Platform.end(run).status());
        for (String backend : backends()) {
            int found = backend(backend).summaries(List.of(run.id())).size();
            assertEquals(backend, backend.equals(name) ? 1 : 0, found);
        }
    }

    private StateBackend backend(String name) {
        return context.getService(reference(name));
    }

    private ServiceReference<StateBackend> reference(String name) {
        return Await.present(
                "a backend " + name,
                () ->
                        references().stream()
                                .filter(r -> name.equals(r.getProperty(StateBackend.STATE_NAME)))
                                .findFirst());
    }

    private List<ServiceReference<StateBackend>> references() {
        try {
            return List.copyOf(context.getServiceReferences(StateBackend.class, null));
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> backends() {
        return references().stream()
                .map(reference -> Platform.property(reference, StateBackend.STATE_NAME))
                .sorted()
                .toList();
    }
}
