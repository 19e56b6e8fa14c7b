package orchestrator.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.api.Task;
import orchestrator.api.Workflow;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.testkit.virtual.Loop;
import orchestrator.testkit.virtual.VirtualNode;
import org.junit.rules.ExternalResource;

/**
 * An engine for one test, in virtual time: a JUnit 4 rule. It is the real engine, on a store in memory; but all of it,
 * bodies of tasks too, happens on the thread of the test, and time passes only when the test lets it or waits for the end
 * of a run. A workflow that waits for 30 days is tested in milliseconds, and each test goes as it went before. A body that
 * blocks for ever would block the test: {@link TaskDouble#hanging} does not.
 *
 * <pre>
 * &#64;Rule public final VirtualEngine engine = new VirtualEngine();
 * </pre>
 */
public final class VirtualEngine extends ExternalResource {
    /** After so long a run that has not ended never will. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private VirtualNode node;

    @Override
    protected void before() {
        node = new VirtualNode();
    }

    @Override
    protected void after() {
        node.close();
    }

    private VirtualNode node() {
        if (node == null) {
            throw new IllegalStateException(
                    "Expected a test that has begun, but found none: is the VirtualEngine a @Rule?");
        }
        return node;
    }

    /** Offers a task until the end of the test. */
    public VirtualEngine task(String name, Task task) {
        node().offer(name, "1.0.0", task);
        return this;
    }

    /**
     * Offers a task as its plugin does that comes and goes.
     *
     * @return what withdraws it
     */
    public Runnable offer(String name, String version, Task task) {
        return node().offer(name, version, task);
    }

    /** Registers a workflow until the end of the test. Its steps begin together, unless they come after others. */
    public VirtualEngine workflow(String name, Workflow definition) {
        WorkflowBuilder builder = workflows().createWorkflow(name, "parallel");
        definition.describe(builder);
        workflows().register(builder);
        return this;
    }

    /** The service, as a bundle sees it. */
    public WorkflowManager workflows() {
        return node().workflows();
    }

    /** The service, as a bundle sees it. */
    public TaskExecutor tasks() {
        return node().tasks();
    }

    /** The service, as a bundle sees it. */
    public StateManager states() {
        return node().states();
    }

    /** The virtual time. */
    public Instant now() {
        return node().loop().instant();
    }

    /** Lets time pass, and all happen that comes with it. */
    public void advance(Duration time) {
        node().loop().advance(time);
    }

    /** Starts a run of a workflow, and lets all happen that needs no time. */
    public RunHandle start(String workflow, Map<String, ?> input) {
        RunHandle run = workflows().executeWorkflow(workflow, input, StartOptions.none());
        node().loop().settle();
        return run;
    }

    /** Starts a run of a workflow and lets time pass until its end. */
    public RunDetails run(String workflow, Map<String, ?> input) {
        return end(start(workflow, input).id());
    }

    /**
     * Lets time pass until a run has ended.
     *
     * @throws AssertionError if it never will; the message says why
     */
    public RunDetails end(String run) {
        Loop loop = node().loop();
        Instant limit = now().plus(LONGEST);
        loop.settle();
        while (!details(run).status().isFinal()) {
            if (!loop.step(limit)) {
                throw new AssertionError(
                        "Expected run %s to end, but it stands still: %s"
                                .formatted(
                                        run,
                                        states().debugWorkflow(run).why().stream()
                                                .map(Explanation::text)
                                                .collect(Collectors.joining("; "))));
            }
        }
        return details(run);
    }

    /** A run as it is now. */
    public RunDetails details(String run) {
        return workflows()
                .getWorkflowStatus(run)
                .orElseThrow(() -> new AssertionError("Expected a run, but there is no " + run));
    }

    /** What is to be asserted of a run as it is now. */
    public RunAssert assertThat(String run) {
        node().loop().settle();
        return RunAssert.assertThat(details(run));
    }
}
