package orchestrator.engine.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import orchestrator.api.Task;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at a step, from the queue to its end. It ends once: with a result, a failure, a time-out, handed back, or
 * withdrawn; whatever comes later is dropped. Thread safe.
 */
public final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** How long an interrupted body may go on before its thread is named in the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    // Not the attempt itself: a lock on an object that lies in a set is a slow one.
    private final Object lock = new Object();
    private Stage stage = Stage.QUEUED;
    private Thread thread;
    private TaskBinding binding;
    private Task task;
    private Scheduler.Timer timer;
    private volatile String message;
    private volatile double fraction;

    Attempt(AttemptSpec spec, AttemptOwner owner, Attempts attempts) {
        this.spec = spec;
        this.owner = owner;
        this.attempts = attempts;
        this.cancellation = new Cancellation(this::onWorker);
    }

    /** Runs code of the plugin on a worker, with the plugin's class loader as its context. */
    private void onWorker(Runnable action) {
        attempts.execute(
                () -> {
                    Thread current = Thread.currentThread();
                    ClassLoader before = current.getContextClassLoader();
                    current.setContextClassLoader(binding.classLoader());
                    try {
                        action.run();
                    } finally {
                        current.setContextClassLoader(before);
                    }
                });
    }

    /** What it is to do. */
    public AttemptSpec spec() {
        return spec;
    }

    /** What the body said last of its progress, for people; null if nothing. */
    public String message() {
        return message;
    }

    void progress(double newFraction, String newMessage) {
        fraction = Math.max(0, Math.min(1, newFraction));
        String text = newMessage == null ? "" : " " + newMessage;
        message = Limits.error((int) (fraction * 100) + " %" + text);
    }

    /** Waits for its time, if it has one that has not come. */
    void await(Duration delay) {
        synchronized (lock) {
            if (stage == Stage.QUEUED) {
                timer = attempts.scheduler().schedule(delay, () -> attempts.enqueue(this));
            }
        }
    }

    /** It has a slot: on a worker's thread. */
    void begin() {
        TaskBinding found = attempts.registry().newest(spec.step().task());
        boolean start;
        synchronized (lock) {
            if (stage != Stage.QUEUED) {
                attempts.release();
                return;
            }
            start = found != null && found.enter(this);
            stage = start ? Stage.IN_SLOT : Stage.ENDED;
            binding = start ? found : null;
        }
        if (!start) {
            attempts.release();
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
        Task got = get();
        if (got == null) {
            return;
        }
        Duration timeout = timeout();
        boolean mine;
        synchronized (lock) {
            mine = stage == Stage.IN_SLOT;
            if (mine) {
                stage = Stage.IN_BODY;
                thread = Thread.currentThread();
                task = got;
                timer = attempts.scheduler().schedule(timeout, () -> expire(timeout));
            }
        }
        if (mine) {
            run(attempts.clock().now().plus(timeout));
        } else {
            unget(got);
        }
    }

    /** The object that does the work; null if there is none, and the attempt has ended. */
    private Task get() {
        try {
            Task got = binding.source().get();
            if (got == null && binding.isLeaving()) {
                handBack(binding.name() + " left");
            } else if (got == null) {
                end(failure("task", "Expected a task, but its service gave no object", true));
            }
            return got;
        } catch (Throwable e) { // a plugin's constructor may throw anything
            end(failed(e));
            return null;
        }
    }

    private void unget(Task given) {
        try {
            binding.source().unget(given);
        } catch (RuntimeException e) {
            LOG.warn("{}: task {} was not taken back: {}", spec, binding.name(), e.toString());
        }
    }

    private Duration timeout() {
        return spec.step().timeout() == null ? attempts.taskTimeout() : spec.step().timeout();
    }

    private void run(Instant deadline) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(binding.classLoader());
        Command ending = null;
        CompletionStage<?> later = null;
        try {
            TaskContextView context =
                    new TaskContextView(this, binding, cancellation, deadline, attempts.log());
            Object result = task.execute(context);
            if (result instanceof CompletionStage<?> stageOfResult) {
                later = stageOfResult;
            } else {
                ending = completed(result);
            }
        } catch (Throwable e) { // a body may throw anything, and the engine goes on
            ending = failed(e);
        } finally {
            leaveThread();
            current.setContextClassLoader(before);
        }
        if (later != null) {
            later.whenComplete((value, e) -> onWorker(() -> completeLater(value, e)));
        } else {
            Command last = ending;
            attempts.last(() -> end(last));
        }
    }

    /** The thread is free for other work; an interrupt that came too late goes no further. */
    private void leaveThread() {
        synchronized (lock) {
            thread = null;
        }
        Thread.interrupted();
    }

    private void completeLater(Object value, Throwable e) {
        Command ending = e == null ? completed(value) : failed(e);
        attempts.last(() -> end(ending));
    }

    private Command completed(Object result) {
        Payload output;
        try {
            output = Results.encode(binding.mapper(), result);
        } catch (IllegalArgumentException e) {
            return failure("output", e.getMessage(), false);
        }
        if (output.size() > Limits.LARGE_PAYLOAD) {
            LOG.warn("{} gave a large output: {} bytes", spec, output.size());
        }
        return new Command.CompleteAttempt(
                spec.step().name(), spec.cell().item(), spec.number(), binding.version(), output);
    }

    private Command failed(Throwable e) {
        if (cancellation.isLeaving()) {
            return handedBack(binding.name() + " " + binding.version() + " left");
        }
        Results.Failure failure = Results.failure(e);
        return failure(failure.code(), failure.message(), failure.retryable());
    }

    private Command failure(String code, String text, boolean retryable) {
        return new Command.FailAttempt(
                spec.step().name(),
                spec.cell().item(),
                spec.number(),
                binding.version(),
                code,
                Limits.error(text),
                retryable);
    }

    private Command handedBack(String why) {
        return new Command.HandBackAttempt(
                spec.step().name(), spec.cell().item(), spec.number(), why);
    }

    private void expire(Duration timeout) {
        if (end(
                failure(
                        "timeout",
                        "Expected the attempt to end within %s, but it was still going on"
                                .formatted(timeout),
                        true))) {
            interrupt();
        }
    }

    /** Its plugin is leaving: it should end soon. */
    void signal() {
        cancellation.leave();
    }

    /** Its plugin has left: it is over, whatever its body does. */
    void handBack(String why) {
        if (end(handedBack(why))) {
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
            stage = Stage.ENDED;
            cancelTimer();
        }
        if (was == Stage.IN_SLOT) {
            binding.leave(this);
            attempts.release();
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
            stage = Stage.ENDED;
            cancelTimer();
        }
        freeSlot();
        interrupt();
    }

    private boolean end(Command command) {
        synchronized (lock) {
            if (stage == Stage.ENDED) {
                return false;
            }
            stage = Stage.ENDED;
            cancelTimer();
        }
        freeSlot();
        owner.ended(this, command);
        return true;
    }

    private void freeSlot() {
        if (task != null) {
            unget(task);
        }
        binding.leave(this);
        attempts.release();
    }

    private void interrupt() {
        cancellation.cancel();
        synchronized (lock) {
            if (thread != null) {
                thread.interrupt();
                Thread stuck = thread;
                attempts.scheduler().schedule(PATIENCE, () -> nameIfStuck(stuck));
            }
        }
    }

    private void nameIfStuck(Thread stuck) {
        synchronized (lock) {
            if (thread != stuck) {
                return;
            }
        }
        LOG.warn(
                "{} has ended, but task {} of {} ignores its interrupt and still holds thread '{}'",
                spec,
                binding.name(),
                binding.bundle(),
                stuck.getName());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
