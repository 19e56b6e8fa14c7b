package itests.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import orchestrator.engine.attempt.Workers;
import orchestrator.engine.runtime.Environment;
import orchestrator.engine.time.Scheduler;

/** Threads, time and chance of one life of a node: events of a loop, each a little later than it could be. */
final class SimulatedEnvironment implements Environment {
    private final Loop loop;
    private final Life life;
    private final Chance chance;
    private final int slowness;
    private final Workers workers = new SimulatedWorkers();
    private final Executor node = new OneThread();
    private final Executor log = new OneThread();
    private final Executor outbox = new OneThread();
    private boolean ending;

    /**
     * The surroundings of one life.
     *
     * @param slowness how many of a thousand actions are much later than they could be
     */
    SimulatedEnvironment(Loop loop, Life life, Chance chance, int slowness) {
        this.loop = loop;
        this.life = life;
        this.chance = chance;
        this.slowness = slowness;
    }

    @Override
    public long nanoTime() {
        return life.nanoTime();
    }

    @Override
    public double random() {
        return chance.fraction();
    }

    @Override
    public void randomBytes(byte[] bytes) {
        chance.fill(bytes);
    }

    @Override
    public Scheduler scheduler() {
        return (delay, action) -> {
            boolean[] cancelled = new boolean[1];
            long nanos =
                    delay.compareTo(Duration.ofDays(365)) > 0
                            ? Long.MAX_VALUE / 4
                            : delay.toNanos();
            loop.after(
                    life.inWorld(nanos) + latency(),
                    life,
                    () -> {
                        if (!cancelled[0]) {
                            action.run();
                        }
                    });
            return () -> cancelled[0] = true;
        };
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Executor runs() {
        return action -> loop.after(latency(), life, action);
    }

    @Override
    public Executor callbacks() {
        return runs();
    }

    @Override
    public Executor node() {
        return node;
    }

    @Override
    public Executor log() {
        return log;
    }

    @Override
    public Executor outbox() {
        return outbox;
    }

    @Override
    public Hand writer(String name, Writing writing) {
        return new SimulatedHand(writing);
    }

    @Override
    public void pause(long nanos) {
        block(new CompletableFuture<>(), life.inWorld(nanos));
    }

    @Override
    public <T> T await(CompletableFuture<T> something, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        block(something, life.inWorld(longest.toNanos()));
        if (!something.isDone()) {
            throw new TimeoutException();
        }
        return something.get();
    }

    /** The calling action waits for that long at most. */
    private void block(CompletableFuture<?> something, long nanos) {
        boolean was = ending;
        ending = false;
        try {
            life.await(something::isDone, nanos);
        } finally {
            ending = was;
        }
    }

    /** A store takes its time for a call. */
    void dawdle(long nanos) {
        block(new CompletableFuture<>(), nanos);
    }

    @Override
    public void close() {}

    private long latency() {
        return chance.perMille(slowness)
                ? chance.spread(Loop.MILLI, 300 * Loop.MILLI)
                : Loop.MICRO + chance.below(60_000);
    }

    /** One action after the other, in order. */
    private final class OneThread implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean busy;

        @Override
        public void execute(Runnable action) {
            waiting.add(action);
            if (!busy && waiting.size() == 1) {
                loop.after(latency(), life, this::next);
            }
        }

        private void next() {
            busy = true;
            try {
                waiting.remove().run();
            } finally {
                busy = false;
                if (!waiting.isEmpty()) {
                    loop.after(latency(), life, this::next);
                }
            }
        }
    }

    /** As many threads as there is work. */
    private final class SimulatedWorkers implements Workers {
        @Override
        public void execute(Runnable action) {
            loop.after(latency(), life, action);
        }

        @Override
        public void last(Runnable action) {
            ending = true;
            try {
                action.run();
            } finally {
                ending = false;
            }
        }

        @Override
        public boolean isEnding() {
            return ending;
        }

        @Override
        public boolean mayBlock() {
            return ending;
        }
    }

    /** Lets a writer take its turn when there is something to write. */
    private final class SimulatedHand implements Hand {
        private static final long PATIENCE = 4 * Loop.MILLI;

        private final Writing writing;
        private boolean started;
        private boolean coming;
        private boolean busy;

        SimulatedHand(Writing writing) {
            this.writing = writing;
        }

        @Override
        public void start() {
            started = true;
        }

        @Override
        public void wake() {
            come(latency(), true);
        }

        private void come(long delay, boolean again) {
            if (started && !coming && !busy) {
                coming = true;
                loop.after(delay, life, () -> turn(again));
            }
        }

        private void turn(boolean again) {
            coming = false;
            busy = true;
            boolean wrote = false;
            try {
                wrote = writing.turn();
            } finally {
                busy = false;
                if (wrote) {
                    come(latency(), true);
                } else if (again) {
                    come(PATIENCE, false); // what waits for long is not left to another writer
                }
            }
        }

        @Override
        public void end() {
            if (!busy) {
                writing.turn(); // drops what is queued
            }
            started = false;
        }
    }
}
