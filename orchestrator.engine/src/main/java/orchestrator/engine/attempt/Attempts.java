package orchestrator.engine.attempt;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/**
 * Hands the node's slots to attempts: in order of arrival, priority counted as waiting, and to none of a task that has as
 * many as it may. Thread safe.
 */
public final class Attempts {
    /** Of more tasks than that, those that nobody waits for are forgotten. */
    private static final int MOST_LINES = 1000;

    private final TaskRegistry registry;
    private final Supplier<EngineLimits> limits;
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Workers workers;
    private final LogSink log;
    private final ResultCache cache;

    private final Map<String, TaskLine> lines = new HashMap<>();
    private final Set<TaskLine> waiting = new LinkedHashSet<>(); // lines of attempts
    private final Set<BodyThread> lingering = new LinkedHashSet<>();
    private long arrivals;
    private int busy;

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
        this.cache = new ResultCache(clock);
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
        return waiting.stream().mapToInt(TaskLine::waiting).sum();
    }

    /** Hands out what slots are free, for example after the limit was raised. */
    public void dispatch() {
        for (Attempt next = next(); next != null; next = next()) {
            workers.execute(next::begin);
        }
    }

    private synchronized Attempt next() {
        EngineLimits now = limits.get();
        if (waiting.isEmpty() || busy >= now.tasks()) {
            return null;
        }
        TaskLine first = null;
        for (TaskLine line : waiting) {
            boolean may = line.mayBegin(now.tasksOf(line.task)) && !isStuck(line);
            if (may && (first == null || line.isBefore(first))) {
                first = line;
            }
        }
        if (first == null) {
            return null;
        }
        Attempt next = first.begin();
        busy++;
        forgetIfEmpty(first);
        return next;
    }

    /** Whether bodies of the version that would be called hold too many threads; another version may be a better one. */
    private boolean isStuck(TaskLine line) {
        TaskBinding binding = line.isCrowded() ? registry.newest(line.wanted()) : null;
        return binding != null && binding.conduct().lingering() >= TaskLine.MOST_LINGERING;
    }

    private void forgetIfEmpty(TaskLine line) {
        if (line.waiting() == 0) {
            waiting.remove(line);
        }
    }

    private TaskLine line(Attempt attempt) {
        if (lines.size() > MOST_LINES) {
            lines.values().removeIf(TaskLine::isIdle);
        }
        return lines.computeIfAbsent(attempt.spec().step().task().name(), TaskLine::new);
    }

    void enqueue(Attempt attempt) {
        long arrived = attempt.queued(clock.now()).toEpochMilli();
        synchronized (this) {
            TaskLine line = line(attempt);
            line.add(attempt, arrived, arrivals++);
            waiting.add(line);
        }
        dispatch();
    }

    /** An attempt waits for no slot any more. */
    synchronized void remove(Attempt attempt) {
        TaskLine line = line(attempt);
        line.remove(attempt);
        forgetIfEmpty(line);
    }

    /** The attempt gives its slot back. */
    void release(Attempt attempt) {
        synchronized (this) {
            line(attempt).end();
            busy--;
        }
        dispatch();
    }

    /** The attempt's body goes on although the attempt is over (1), or has come to its end after all (-1). */
    void linger(Attempt attempt, BodyThread body, int change) {
        synchronized (this) {
            line(attempt).linger(change);
            if (body.lingering() == null) {
                lingering.remove(body);
            } else {
                lingering.add(
                        body); // it may have ended since it was interrupted: then it is not added
            }
        }
        dispatch();
    }

    /** The bodies of a run that go on here although their attempts are over, the first interrupted first. */
    public synchronized List<Lingering> lingering(String run) {
        return lingering.stream()
                .map(BodyThread::lingering)
                .filter(body -> body != null && body.attempt().runId().equals(run))
                .toList();
    }

    void execute(Runnable action) {
        workers.execute(action);
    }

    void last(Runnable action) {
        workers.last(action);
    }

    /** The results that may be taken in place of calls. */
    public ResultCache cache() {
        return cache;
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
