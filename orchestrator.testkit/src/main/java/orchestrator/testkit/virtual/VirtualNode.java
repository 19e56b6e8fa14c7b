package orchestrator.testkit.virtual;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import orchestrator.api.Task;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskSource;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.engine.service.Services;
import orchestrator.engine.service.StateManagerService;
import orchestrator.engine.service.TaskExecutorService;
import orchestrator.engine.service.WorkflowManagerService;
import orchestrator.testkit.simple.SimpleStores;

/** The engine of one test, in virtual time, on a store in memory; and its services, which can be called from the test. */
public final class VirtualNode implements AutoCloseable {
    private static final String VERSION = "1.0.0";

    /** A single node need not look at its store: all that happens, happens here. */
    private static final Duration NEVER = Duration.ofDays(3_650);

    private final Loop loop = new Loop();
    private final ExecutorService callers = Executors.newCachedThreadPool(VirtualNode::thread);
    private final Engine engine;
    private final WorkflowManagerService manager;
    private final TaskExecutorService taskService;
    private final WorkflowManager workflows;
    private final TaskExecutor tasks;
    private final StateManager states;

    /** Starts it. */
    public VirtualNode() {
        engine =
                Engine.start(
                        new EngineSetup(
                                "test", NEVER.multipliedBy(10), 1, EngineLimits.defaults(), NEVER),
                        new VirtualEnvironment(loop));
        Services services = new Services(engine);
        manager = new WorkflowManagerService(services, new Caller());
        taskService = new TaskExecutorService(services);
        workflows = pumping(WorkflowManager.class, manager);
        tasks = pumping(TaskExecutor.class, taskService);
        states = pumping(StateManager.class, new StateManagerService(engine));
        engine.attach(SimpleStores.inMemory(loop::instant));
        loop.settle();
    }

    private static Thread thread(Runnable action) {
        Thread thread = new Thread(action, "orchestrator-test-call");
        thread.setDaemon(true);
        return thread;
    }

    /** Virtual time. */
    public Loop loop() {
        return loop;
    }

    /** The service. */
    public WorkflowManager workflows() {
        return workflows;
    }

    /** The service. */
    public TaskExecutor tasks() {
        return tasks;
    }

    /** The service. */
    public StateManager states() {
        return states;
    }

    /** Offers a task; what is returned takes it back. */
    public Runnable offer(String name, String version, Task task) {
        TaskBinding binding =
                new TaskBinding(
                        name,
                        version,
                        "test",
                        task.getClass().getClassLoader(),
                        TaskSource.of(task));
        engine.tasks().add(binding);
        loop.settle();
        return () -> {
            engine.tasks().remove(binding);
            binding.drain(Duration.ZERO);
            loop.settle();
        };
    }

    /** A call of a service may wait for what only this thread can let happen: it is made by another one meanwhile. */
    private <T> T pumping(Class<T> type, Object service) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                pump(() -> call(service, method, arguments))));
    }

    private static Object call(Object service, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private Object pump(Callable<Object> call) throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        callers.execute(
                () -> {
                    try {
                        answer.complete(call.call());
                    } catch (Throwable e) { // told to who has called
                        answer.completeExceptionally(e);
                    }
                    loop.execute(() -> {}); // wakes the test
                });
        while (!answer.isDone()) {
            loop.settle();
            loop.await(answer::isDone);
        }
        loop.settle();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        manager.close();
        taskService.close();
        engine.close();
        callers.shutdownNow();
    }

    private final class Caller implements Services.Caller {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public String version() {
            return VERSION;
        }

        @Override
        public Runnable offer(Map<String, Task> functions) {
            functions.forEach((name, task) -> VirtualNode.this.offer(name, VERSION, task));
            return () -> {}; // they go with the test
        }
    }
}
