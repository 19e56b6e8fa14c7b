package orchestrator.engine.attempt;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/** Hands the node's slots to attempts: higher priority first, then in order of arrival. Thread safe. */
public final class Attempts {
    private final TaskRegistry registry;
    private final Supplier<EngineLimits> limits;
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Workers workers;
    private final LogSink log;

    private final PriorityQueue<Queued> ready = new PriorityQueue<>();
    private long arrivals;
    private int busy;

    private record Queued(long order, Attempt attempt) implements Comparable<Queued> {
        @Override
        public int compareTo(Queued other) {
            int byPriority =
                    Integer.compare(other.attempt.spec().priority(), attempt.spec().priority());
            return byPriority == 0 ? Long.compare(order, other.order) : byPriority;
        }
    }

    /**
     * The slots of a node.
     *
     * @param workers runs bodies
     */
    public Attempts(
            TaskRegistry registry,
            Supplier<EngineLimits> limits,
            NodeClock clock,
            Scheduler scheduler,
            Workers workers,
            LogSink log) {
        this.registry = registry;
        this.limits = limits;
        this.clock = clock;
        this.scheduler = scheduler;
        this.workers = workers;
        this.log = log;
    }

    /** Lets an attempt wait for its time and a slot. */
    public Attempt issue(AttemptSpec spec, AttemptOwner owner) {
        Attempt attempt = new Attempt(spec, owner, this);
        Duration delay =
                spec.notBefore() == null
                        ? Duration.ZERO
                        : Duration.between(clock.now(), spec.notBefore());
        if (delay.isNegative() || delay.isZero()) {
            enqueue(attempt);
        } else {
            attempt.await(delay);
        }
        return attempt;
    }

    /** How many slots are taken. */
    public synchronized int busy() {
        return busy;
    }

    /** How many attempts wait for a slot. */
    public synchronized int waiting() {
        return ready.size();
    }

    /** Hands out what slots are free, for example after the limit was raised. */
    public void dispatch() {
        while (true) {
            Attempt next;
            synchronized (this) {
                if (busy >= limits.get().tasks() || ready.isEmpty()) {
                    return;
                }
                next = ready.remove().attempt;
                busy++;
            }
            workers.execute(next::begin);
        }
    }

    void enqueue(Attempt attempt) {
        attempt.queued();
        synchronized (this) {
            ready.add(new Queued(arrivals++, attempt));
        }
        dispatch();
    }

    /** An attempt waits for no slot any more. */
    synchronized void remove(Attempt attempt) {
        ready.removeIf(queued -> queued.attempt == attempt);
    }

    void release() {
        synchronized (this) {
            busy--;
        }
        dispatch();
    }

    void execute(Runnable action) {
        workers.execute(action);
    }

    void last(Runnable action) {
        workers.last(action);
    }

    TaskRegistry registry() {
        return registry;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    NodeClock clock() {
        return clock;
    }

    LogSink log() {
        return log;
    }

    Duration taskTimeout() {
        return limits.get().taskTimeout();
    }
}
