package orchestrator.testkit.virtual;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import orchestrator.engine.attempt.Workers;
import orchestrator.engine.runtime.Environment;
import orchestrator.engine.time.Scheduler;

/** Time, chance and threads for an engine in a test: all of it on a loop, and the same in each test. */
final class VirtualEnvironment implements Environment {
    private final Loop loop;
    private final Random random = new Random(1);

    VirtualEnvironment(Loop loop) {
        this.loop = loop;
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public double random() {
        return random.nextDouble();
    }

    @Override
    public void randomBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public Scheduler scheduler() {
        return (delay, action) -> {
            Runnable cancel = loop.after(delay, action);
            return cancel::run;
        };
    }

    @Override
    public Workers workers() {
        return loop::execute;
    }

    @Override
    public Executor runs() {
        return loop::execute;
    }

    @Override
    public Executor node() {
        return loop::execute;
    }

    @Override
    public Executor log() {
        return loop::execute;
    }

    @Override
    public Executor outbox() {
        return loop::execute;
    }

    @Override
    public Executor callbacks() {
        return loop::execute;
    }

    /** There is nothing to write: the store is called at once. */
    @Override
    public Hand writer(String name, Writing writing) {
        return new Hand() {
            @Override
            public void start() {}

            @Override
            public void wake() {
                loop.execute(writing::turn);
            }

            @Override
            public void end() {}
        };
    }

    @Override
    public void pause(long nanos) {
        loop.settle();
    }

    @Override
    public <T> T await(CompletableFuture<T> something, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        loop.settle();
        if (!something.isDone()) {
            throw new TimeoutException("Nothing that can happen completes it");
        }
        return something.get();
    }

    @Override
    public void close() {}
}
