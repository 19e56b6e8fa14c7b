package orchestrator.engine.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import orchestrator.api.Task;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Payload;

/**
 * One try at a step, from the queue to its end. It ends once: with a result, a failure, a time-out, handed back, or
 * withdrawn; whatever comes later is dropped. Thread safe.
 */
public final class Attempt {
    /** How soon an attempt asks again that may not begin now. */
    private static final Duration HOLD = Duration.ofMillis(200);

    private enum Stage {
        QUEUED,
        IN_SLOT,
        IN_BODY,
        ENDED
    }

    private final AttemptSpec spec;
    private final AttemptOwner owner;
    private final Attempts attempts;
    private final Cancellation cancellation;
    private final Progress progress = new Progress();
    private final BodyThread thread;

    // Not the attempt itself: a lock on an object that lies in a set is a slow one.
    private final Object lock = new Object();
    private Stage stage = Stage.QUEUED;
    private Instant queuedAt;
    private volatile ResultCache.Key cacheKey;
    private TaskCall call;
    private Task task;
    private final AttemptTimers timers;

    Attempt(AttemptSpec spec, AttemptOwner owner, Attempts attempts) {
        this.spec = spec;
        this.owner = owner;
        this.attempts = attempts;
        this.cancellation = new Cancellation(this::onWorker);
        this.thread = new BodyThread(this, attempts);
        this.timers = new AttemptTimers(attempts.clock(), attempts.scheduler());
    }

    /** Runs code of the plugin on a worker. */
    private void onWorker(Runnable action) {
        attempts.execute(() -> plugin().call(action));
    }

    private PluginCode plugin() {
        return new PluginCode(call.binding().classLoader());
    }

    /** What it is to do. */
    public AttemptSpec spec() {
        return spec;
    }

    /** What the body said last of its progress, for people; null if nothing. */
    public String message() {
        return progress.message();
    }

    void progress(double fraction, String message) {
        progress.say(fraction, message);
        timers.beat();
    }

    /** Waits for its time, if it has one that has not come. */
    void await(Duration delay) {
        synchronized (lock) {
            if (stage == Stage.QUEUED) {
                timers.in(delay, () -> attempts.enqueue(this));
            }
        }
    }

    /** It waits for a slot, for as long as its step lets it; since when it does. */
    Instant queued(Instant now) {
        Duration longest = spec.step().timeouts().queue();
        synchronized (lock) {
            queuedAt = queuedAt == null ? now : queuedAt;
            if (longest != null && stage == Stage.QUEUED) {
                Duration rest = Duration.between(now, queuedAt.plus(longest));
                timers.in(rest.isNegative() ? Duration.ZERO : rest, () -> giveUp(longest));
            }
            return queuedAt;
        }
    }

    private void giveUp(Duration longest) {
        synchronized (lock) {
            if (stage != Stage.QUEUED) {
                return;
            }
            setEnded();
        }
        attempts.remove(this);
        String text = "Expected a slot within %s, but there was none".formatted(longest);
        owner.ended(this, Endings.failure(spec, null, Limits.QUEUE_TIMEOUT, text, false));
    }

    /** It has a slot: on a worker's thread. */
    void begin() {
        if (!owner.mayBegin()) {
            // The lease is renewed, or the run is another node's and this one forgets it.
            attempts.release(this);
            await(HOLD);
            return;
        }
        TaskBinding found = attempts.registry().newest(spec.step().task());
        boolean start;
        synchronized (lock) {
            if (stage != Stage.QUEUED) {
                attempts.release(this);
                return;
            }
            start = found != null && found.enter(this);
            stage = start ? Stage.IN_SLOT : Stage.ENDED;
            timers.forgetMain();
            call = start ? new TaskCall(spec, found, cancellation) : null;
        }
        if (!start) {
            attempts.release(this);
            owner.missesTask(this);
        } else if (spec.needsStart()) {
            owner.wantsStart(this);
        } else {
            body();
        }
    }

    /** Its start is durable: it may run its body. */
    public void proceed() {
        attempts.execute(this::body);
    }

    private void body() {
        synchronized (lock) {
            if (stage != Stage.IN_SLOT) {
                return; // ended in the meantime, or told to start by an older attempt's entry
            }
        }
        if (isCached()) {
            return;
        }
        TaskCall.Got got = call.get();
        if (got.task() == null) {
            end(got.ending());
            return;
        }
        Duration timeout = timeout();
        boolean mine;
        synchronized (lock) {
            mine = stage == Stage.IN_SLOT;
            if (mine) {
                stage = Stage.IN_BODY;
                thread.enter(call.binding());
                task = got.task();
                timers.in(timeout, () -> expire(timeout));
                Duration beats = spec.step().timeouts().heartbeat();
                if (beats != null) {
                    timers.expectBeats(beats, () -> fallSilent(beats));
                }
            }
        }
        if (mine) {
            run(attempts.clock().now().plus(timeout));
        } else {
            call.unget(got.task());
        }
    }

    private Duration timeout() {
        Duration own = spec.step().timeouts().attempt();
        return own == null ? attempts.taskTimeout() : own;
    }

    /** Whether a result that is kept, or a key without a value, was its end. */
    private boolean isCached() {
        try {
            cacheKey = attempts.cache().key(spec, call.binding());
        } catch (ExpressionException e) {
            end(call.endings().failure("input", e.getMessage(), false));
            return true;
        }
        Payload output = cacheKey == null ? null : attempts.cache().get(cacheKey);
        if (output != null) {
            cacheKey = null; // its time is not renewed
            attempts.last(() -> end(call.endings().taken(output)));
        }
        return output != null;
    }

    private void run(Instant deadline) {
        TaskContextView context =
                new TaskContextView(this, call.binding(), cancellation, deadline, attempts.log());
        TaskCall.Outcome outcome =
                plugin().call(
                                () -> {
                                    try {
                                        return call.call(task, context);
                                    } finally {
                                        thread.leave();
                                    }
                                });
        if (outcome.later() != null) {
            follow(outcome.later());
        } else {
            attempts.last(() -> end(outcome.ending()));
        }
    }

    private void follow(CompletionStage<?> later) {
        try {
            later.whenComplete((value, e) -> attempts.execute(() -> completeLater(value, e)));
        } catch (Throwable e) { // a plugin's own kind of stage
            completeLater(null, e);
        }
    }

    private void completeLater(Object value, Throwable e) {
        Command ending = plugin().call(() -> call.ended(value, e));
        attempts.last(() -> end(ending));
    }

    private void expire(Duration timeout) {
        String text =
                "Expected the attempt to end within %s, but it was still going on"
                        .formatted(timeout);
        if (end(call.endings().failure("timeout", text, true))) {
            interrupt();
        }
    }

    private void fallSilent(Duration interval) {
        String text =
                "Expected a sign of life every %s, but the task has not called progress"
                        .formatted(interval);
        if (end(call.endings().failure("heartbeat", text, true))) {
            interrupt();
        }
    }

    /** Its plugin is leaving: it should end soon. */
    void signal() {
        cancellation.leave();
    }

    /** Its plugin has left: it is over, whatever its body does. */
    void handBack(String why) {
        if (end(call.endings().handedBack(why))) {
            interrupt();
        }
    }

    /** Whether its body is in progress. */
    public boolean isInBody() {
        synchronized (lock) {
            return stage == Stage.IN_BODY;
        }
    }

    /** Takes it back if its body has not begun and it has not ended; false if it is too late. Nothing is reported. */
    public boolean withdraw() {
        Stage was;
        synchronized (lock) {
            if (stage == Stage.IN_BODY || stage == Stage.ENDED) {
                return false;
            }
            was = stage;
            setEnded();
        }
        if (was == Stage.IN_SLOT) {
            freeSlot();
        }
        return true;
    }

    /** Ends it because its run has ended or is not this node's any more. Nothing is reported. */
    public void cancel() {
        if (withdraw()) {
            return;
        }
        synchronized (lock) {
            if (stage == Stage.ENDED) {
                return;
            }
            setEnded();
        }
        freeSlot();
        interrupt();
    }

    private boolean end(Command command) {
        synchronized (lock) {
            if (stage == Stage.ENDED) {
                return false;
            }
            setEnded();
        }
        if (cacheKey != null && command instanceof Command.CompleteAttempt completed) {
            attempts.cache().put(cacheKey, completed.output());
        }
        freeSlot();
        owner.ended(this, command);
        return true;
    }

    /** Under the lock. */
    private void setEnded() {
        stage = Stage.ENDED;
        timers.close();
    }

    private void freeSlot() {
        if (task != null) {
            call.unget(task);
        }
        call.binding().leave(this);
        attempts.release(this);
    }

    private void interrupt() {
        cancellation.cancel();
        thread.interrupt();
    }
}
