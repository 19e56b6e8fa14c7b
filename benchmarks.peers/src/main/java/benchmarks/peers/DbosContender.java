package benchmarks.peers;

import benchmarks.Body;
import benchmarks.ClosedLoop;
import benchmarks.Contender;
import benchmarks.Meter;
import benchmarks.Shape;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.execution.ThrowingSupplier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * DBOS Transact, embedded, with its own pool and defaults. A run is a workflow with a step for each result; the items of a
 * fan-out are child workflows. Each run is started, and waited for, by a thread of its own, as its API blocks.
 */
final class DbosContender implements Contender {
    private final DBOS dbos;
    private final DbosWork work;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    DbosContender(String url, Body body) {
        String user = url.replaceFirst(".*[?&]user=([^&]*).*", "$1");
        dbos =
                new DBOS(
                        DBOSConfig.defaults("bench")
                                .withDatabaseUrl(url)
                                .withDbUser(user)
                                .withDbPassword("")
                                .withAppVersion("1")
                                .withExecutorId("bench"));
        DbosWorkflows workflows = new DbosWorkflows(dbos, body);
        work = dbos.registerProxy(DbosWork.class, workflows);
        workflows.self(work);
        dbos.launch();
    }

    @Override
    public String name() {
        return "DBOS Transact " + DBOS.version();
    }

    @Override
    public void work(Shape shape, Meter meter) {
        if (shape.items() == 0) {
            ClosedLoop.run(shape.inFlight(), () -> run(work::steps), meter);
        } else {
            ClosedLoop.run(shape.inFlight(), () -> run(() -> work.items(shape.items())), meter);
        }
    }

    private <T> CompletableFuture<T> run(ThrowingSupplier<T, InterruptedException> workflow) {
        return CompletableFuture.supplyAsync(() -> result(workflow), callers);
    }

    private <T> T result(ThrowingSupplier<T, InterruptedException> workflow) {
        try {
            return dbos.startWorkflow(workflow).getResult();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected a result, but the run was interrupted", e);
        }
    }

    @Override
    public void close() {
        dbos.shutdown();
        callers.shutdown();
    }
}
