package itests.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskSource;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.maintenance.StateMaintenanceService;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.engine.service.Services;
import orchestrator.engine.service.StateManagerService;
import orchestrator.engine.service.TaskExecutorService;
import orchestrator.engine.service.WorkflowManagerService;

/** An engine without OSGi, on a store that outlives it. */
final class TestEngine implements AutoCloseable {
    static final EngineLimits LIMITS =
            new EngineLimits(
                    50,
                    100,
                    Duration.ofSeconds(60),
                    new Retry(3, Duration.ofMillis(10), 1, Duration.ofDays(1), 0),
                    Duration.ofMillis(200),
                    1000);

    final Engine engine;
    final Services services;
    final WorkflowManagerService manager;
    final StateManagerService state;
    final TaskExecutorService tasks;
    final StateMaintenanceService maintenance;

    TestEngine(StateBackend backend, EngineLimits limits) {
        this("node-a", backend, limits);
    }

    TestEngine(String node, StateBackend backend, EngineLimits limits) {
        this(backend, new EngineSetup(node, Duration.ofSeconds(5), 2, limits));
    }

    TestEngine(StateBackend backend, EngineSetup setup) {
        engine = Engine.start(setup);
        services = new Services(engine);
        manager = managerOfAnother();
        state = new StateManagerService(engine);
        tasks = new TaskExecutorService(services);
        maintenance =
                new StateMaintenanceService(engine, run -> manager.cancelWorkflow(run, "still"));
        java.util.concurrent.CountDownLatch ready = new java.util.concurrent.CountDownLatch(1);
        engine.onReady(ready::countDown);
        engine.attach(backend);
        try {
            if (!ready.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Expected the engine to enter its store");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    TestEngine(StateBackend backend) {
        this(backend, LIMITS);
    }

    /** The service as another bundle sees it. */
    WorkflowManagerService managerOfAnother() {
        return new WorkflowManagerService(services, new Caller());
    }

    TaskBinding offer(String name, Task task) {
        return offer(name, "1.0", task);
    }

    TaskBinding offer(String name, String version, Task task) {
        TaskBinding binding =
                new TaskBinding(
                        name, version, "test", getClass().getClassLoader(), TaskSource.of(task));
        engine.tasks().add(binding);
        return binding;
    }

    void withdraw(TaskBinding binding) {
        engine.tasks().remove(binding);
        binding.drain(engine.limits().drain());
    }

    void workflow(String name, Consumer<WorkflowBuilder> describe) {
        WorkflowBuilder builder = manager.createWorkflow(name, "parallel");
        describe.accept(builder);
        manager.register(builder);
    }

    RunHandle start(String name, Map<String, ?> input) {
        return manager.executeWorkflow(name, input, StartOptions.none());
    }

    RunDetails run(String name, Map<String, ?> input) {
        return end(start(name, input));
    }

    static RunDetails end(RunHandle handle) {
        try {
            return handle.result().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Expected " + handle.id() + " to end", e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Caller implements Services.Caller {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public Runnable offer(Map<String, Task> functions) {
            functions.forEach((name, task) -> TestEngine.this.offer(name, task));
            return () -> {};
        }
    }
}
