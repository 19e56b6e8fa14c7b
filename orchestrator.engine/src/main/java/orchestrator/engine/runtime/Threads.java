package orchestrator.engine.runtime;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import orchestrator.engine.attempt.Workers;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one engine: made by one factory, owned here, ended together. */
final class Threads implements Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    /** No timer is set later than this: nanoseconds would not hold it. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String TASK = "orchestrator-task-";

    private final SecureRandom secure = new SecureRandom();
    private final WorkerPool workers = // the slots bound them
            new WorkerPool(TaskThreads.factory(TASK, factory(TASK)), Duration.ofSeconds(10));
    private final ExecutorService runs =
            several(Math.max(2, Runtime.getRuntime().availableProcessors()), "orchestrator-run-");
    private final ExecutorService node = single("orchestrator-node-");
    private final ExecutorService log = single("orchestrator-log-");
    private final ExecutorService callbacks = several(4, "orchestrator-callback-"); // foreign code
    private final ExecutorService outbox = single("orchestrator-outbox-");
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, factory("orchestrator-timer-"));

    Threads() {
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Executor runs() {
        return quiet(runs);
    }

    @Override
    public Executor node() {
        return quiet(node);
    }

    @Override
    public Executor log() {
        return quiet(log);
    }

    @Override
    public Executor outbox() {
        return quiet(outbox);
    }

    @Override
    public Executor callbacks() {
        return quiet(callbacks);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void randomBytes(byte[] bytes) {
        secure.nextBytes(bytes);
    }

    @Override
    public Hand writer(String name, Writing writing) {
        return new WriterThread(name, writing);
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public <T> T await(CompletableFuture<T> something, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        return something.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Scheduler scheduler() {
        return (Duration delay, Runnable action) -> {
            try {
                long millis = Math.min(delay.toMillis(), LONGEST.toMillis());
                long nanos =
                        millis == LONGEST.toMillis()
                                ? LONGEST.toNanos()
                                : Math.max(0, delay.toNanos());
                ScheduledFuture<?> future = timers.schedule(action, nanos, TimeUnit.NANOSECONDS);
                return () -> future.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {}; // the engine has stopped
            }
        };
    }

    /** After the end nothing is taken any more. */
    private static Executor quiet(ExecutorService executor) {
        return action -> {
            try {
                executor.execute(action);
            } catch (RejectedExecutionException e) {
                LOG.debug("Dropped: the engine has stopped", e);
            }
        };
    }

    private static ExecutorService single(String name) {
        return several(1, name);
    }

    private static ExecutorService several(int threads, String name) {
        return new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
    }

    private static ThreadFactory factory(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return action -> {
            String name = prefix + number.incrementAndGet();
            Thread thread =
                    new Thread(null, action, name, 0, false); // inherits nothing of a caller
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }

    @Override
    public void close() {
        timers.shutdownNow();
        node.shutdown();
        runs.shutdown();
        log.shutdown();
        callbacks.shutdown();
        outbox.shutdown();
        workers.close();
        await(node);
        await(runs);
        await(log);
        await(outbox);
        awaitWorkers();
    }

    private void awaitWorkers() {
        try {
            workers.await(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ExecutorService executor) {
        try {
            executor.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
