package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import orchestrator.engine.attempt.Workers;
import orchestrator.engine.time.Scheduler;

/**
 * What an engine takes from its surroundings: threads, timers, elapsed time, chance. The one of a process has real ones;
 * a simulation does everything on one thread, in an order and at a time of its own choice. Thread safe.
 */
public interface Environment extends AutoCloseable {

    /** Threads, time and chance of this process, for one engine. */
    static Environment ofProcess() {
        return new Threads();
    }

    /** Elapsed monotonic time in nanoseconds. */
    long nanoTime();

    /** A number from 0 to below 1. */
    double random();

    /** Fills with bytes that nobody can guess. */
    void randomBytes(byte[] bytes);

    /** Runs short actions later. */
    Scheduler scheduler();

    /** Runs bodies of tasks. */
    Workers workers();

    /** Advances runs, many at a time. */
    Executor runs();

    /** Looks after the node's membership, one action at a time. */
    Executor node();

    /** Writes log lines, one action at a time. */
    Executor log();

    /** Carries messages from run to run, one action at a time. */
    Executor outbox();

    /** Runs what callers hang on their results. */
    Executor callbacks();

    /** Makes a thread for a writer; it is not started yet. */
    Hand writer(String name, Writing writing);

    /** Keeps the calling thread from going on for a while; shorter if it is interrupted. */
    void pause(long nanos);

    /** Keeps the calling thread from going on until something is there, up to a time. */
    <T> T await(CompletableFuture<T> something, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Ends the threads; what has not begun is dropped. */
    @Override
    void close();

    /** A writer, as the thread that works for it sees it. */
    interface Writing {
        /** Writes until the writer is closed, and waits for something to write meanwhile. */
        void work();

        /**
         * Writes what waits at the moment; drops it if the writer is closed.
         *
         * @return false if there was nothing to be written by this writer
         */
        boolean turn();
    }

    /** The thread of a writer. */
    interface Hand {
        void start();

        /** Something waits to be written. */
        void wake();

        /** Interrupts the thread and waits for its end, for a few seconds at most. */
        void end();
    }
}
