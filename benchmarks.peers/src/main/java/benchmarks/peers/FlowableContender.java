package benchmarks.peers;

import benchmarks.Body;
import benchmarks.ClosedLoop;
import benchmarks.Contender;
import benchmarks.Meter;
import benchmarks.Shape;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.job.service.impl.asyncexecutor.AsyncJobExecutorConfiguration;

/**
 * Flowable's process engine, embedded, with the async executor's defaults but for a queue that holds all jobs. A run is a
 * process with an asynchronous service task for each result, which sets a variable.
 */
final class FlowableContender implements Contender {
    private static final int POOL_SIZE = 20;
    private static final int STARTERS = 8;
    private static final int QUEUE = 8192;

    private final HikariDataSource connections = new HikariDataSource();
    private final FlowableEnds ends = new FlowableEnds();
    private final ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
    private final ProcessEngine engine;

    FlowableContender(String url, Body body) {
        connections.setJdbcUrl(url);
        connections.setMaximumPoolSize(POOL_SIZE);
        StandaloneProcessEngineConfiguration config = new StandaloneProcessEngineConfiguration();
        config.setDataSource(connections);
        config.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        config.setAsyncExecutorActivate(true);
        config.setAsyncExecutorThreadPoolQueueSize(QUEUE);
        config.setAsyncExecutorConfiguration(executor());
        JavaDelegate delegate = execution -> set(execution, body);
        config.setBeans(Map.of(FlowableProcesses.BODY, delegate));
        config.setTypedEventListeners(
                Map.of(FlowableEngineEventType.PROCESS_COMPLETED.name(), List.of(ends)));
        engine = config.buildProcessEngine();
        deploy();
    }

    private static void set(DelegateExecution execution, Body body) {
        String step = execution.getCurrentActivityId();
        try {
            execution.setVariable("result_" + step, body.run(step));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected a result, but was interrupted", e);
        }
    }

    /** A process that starts again takes up at once what it had locked before. */
    private static AsyncJobExecutorConfiguration executor() {
        AsyncJobExecutorConfiguration executor = new AsyncJobExecutorConfiguration();
        executor.setLockOwner("bench");
        executor.setUnlockOwnedJobs(true);
        return executor;
    }

    private void deploy() {
        engine.getRepositoryService()
                .createDeployment()
                .enableDuplicateFiltering()
                .name("steps")
                .addBpmnModel("steps.bpmn20.xml", FlowableProcesses.steps())
                .deploy();
    }

    @Override
    public String name() {
        return "Flowable " + ProcessEngine.VERSION;
    }

    /** A task with a thousand instances side by side took it minutes. */
    @Override
    public boolean takesPart(Shape shape) {
        return shape.items() == 0;
    }

    @Override
    public void work(Shape shape, Meter meter) {
        ClosedLoop.run(shape.inFlight(), this::run, meter);
    }

    private CompletableFuture<Void> run() {
        return CompletableFuture.supplyAsync(
                        () -> engine.getRuntimeService().startProcessInstanceByKey("steps").getId(),
                        starters)
                .thenCompose(ends::of);
    }

    @Override
    public void close() {
        engine.close();
        connections.close();
        starters.shutdown();
    }
}
