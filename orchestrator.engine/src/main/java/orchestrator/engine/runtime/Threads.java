package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.engine.attempt.Workers;
import orchestrator.engine.time.Scheduler;

/** The threads of one engine: made by one factory, owned here, ended together. */
final class Threads implements AutoCloseable {
    private final WorkerPool workers = // the slots bound them
            new WorkerPool(factory("orchestrator-task-"), Duration.ofSeconds(10));
    private final ExecutorService runs =
            new ThreadPoolExecutor(
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    Math.max(2, Runtime.getRuntime().availableProcessors()),
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    factory("orchestrator-run-"));
    private final ExecutorService node = single("orchestrator-node-");
    private final ExecutorService log = single("orchestrator-log-");
    private final ExecutorService callbacks = single("orchestrator-callback-");
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, factory("orchestrator-timer-"));

    Threads() {
        timers.setRemoveOnCancelPolicy(true);
    }

    Workers workers() {
        return workers;
    }

    Executor runs() {
        return quiet(runs);
    }

    Executor node() {
        return quiet(node);
    }

    Executor log() {
        return quiet(log);
    }

    Executor callbacks() {
        return quiet(callbacks);
    }

    Scheduler scheduler() {
        return (Duration delay, Runnable action) -> {
            if (timers.isShutdown()) {
                return () -> {};
            }
            ScheduledFuture<?> future =
                    timers.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }

    /** After the end nothing is taken any more. */
    private static Executor quiet(ExecutorService executor) {
        return action -> {
            if (!executor.isShutdown()) {
                executor.execute(action);
            }
        };
    }

    private static ExecutorService single(String name) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
    }

    private static ThreadFactory factory(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return action -> {
            Thread thread = new Thread(action, prefix + number.incrementAndGet());
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
        workers.close();
        await(node);
        await(runs);
        await(log);
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
