package benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskSource;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.engine.runtime.StartRequest;

/** The engine on a store, driven as a plain library, with its default limits but for the number of runs. */
final class EngineContender implements Contender {
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How many runs it has in memory. */
    static final int RUNS = 4096;

    private static EngineLimits limits(int runs) {
        return new EngineLimits(
                runs,
                100,
                Duration.ofSeconds(300),
                new Retry(3, Duration.ofSeconds(5), 1, Duration.ofDays(1), 0),
                Duration.ofSeconds(5),
                1000);
    }

    private final String store;
    private final StateBackend backend;
    private final Engine engine;
    private final Graphs graphs = new Graphs();

    EngineContender(String store, StateBackend backend, int writers) throws InterruptedException {
        this(store, "bench", backend, writers, RUNS, Body.trivial());
    }

    EngineContender(
            String store, String node, StateBackend backend, int writers, int runs, Body body)
            throws InterruptedException {
        this.store = store;
        this.backend = backend;
        engine = Engine.start(new EngineSetup(node, LEASE, writers, limits(runs)));
        engine.tasks()
                .add(
                        new TaskBinding(
                                Graphs.TASK,
                                "1.0",
                                "benchmarks",
                                getClass().getClassLoader(),
                                TaskSource.of(context -> body.run(context.step()))));
        CountDownLatch ready = new CountDownLatch(1);
        engine.onReady(ready::countDown);
        engine.attach(backend);
        if (!ready.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Expected the engine to enter its store within 30 s");
        }
    }

    @Override
    public String name() {
        return "engine on " + store;
    }

    @Override
    public void work(Shape shape, Meter meter) {
        Graph graph = graphs.of(shape);
        Payload input = Graphs.input(shape);
        ClosedLoop.run(shape.inFlight(), () -> run(graph, input), meter);
    }

    /** One run of a workflow. */
    CompletableFuture<RunDetails> once(Graph graph, Payload input) {
        return run(graph, input);
    }

    private CompletableFuture<RunDetails> run(Graph graph, Payload input) {
        String id = engine.newRunId();
        CompletableFuture<RunDetails> end = engine.expect(id);
        return engine.start(graph, StartRequest.of(graph, id, input, null, null, 0, Map.of()))
                .thenCompose(created -> end)
                .thenApply(EngineContender::completed);
    }

    private static RunDetails completed(RunDetails details) {
        if (details.status() != RunStatus.COMPLETED) {
            throw new IllegalStateException("Expected a completed run, but found " + details);
        }
        return details;
    }

    @Override
    public void close() throws Exception {
        engine.close();
        if (backend instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
