package orchestrator.engine.attempt;

import java.util.concurrent.CompletionStage;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.engine.core.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The call of a task for one attempt: its object is got, called once, and given back. What it throws becomes text. */
final class TaskCall {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCall.class);

    private final AttemptSpec spec;
    private final TaskBinding binding;
    private final Cancellation cancellation;
    private final Endings endings;

    /** What a call gave: the end of the attempt, or the stage that will tell it. */
    record Outcome(Command ending, CompletionStage<?> later) {}

    /** What a source gave: the object, or the end of the attempt. */
    record Got(Task task, Command ending) {}

    TaskCall(AttemptSpec spec, TaskBinding binding, Cancellation cancellation) {
        this.spec = spec;
        this.binding = binding;
        this.cancellation = cancellation;
        this.endings = new Endings(spec, binding);
    }

    TaskBinding binding() {
        return binding;
    }

    Endings endings() {
        return endings;
    }

    Got get() {
        try {
            Task task = binding.source().get();
            if (task != null) {
                return new Got(task, null);
            }
            return new Got(
                    null,
                    binding.isLeaving()
                            ? endings.handedBack(binding.name() + " left")
                            : endings.failure(
                                    "task",
                                    "Expected a task, but its service gave no object",
                                    true));
        } catch (Throwable e) { // a plugin's constructor may throw anything
            return new Got(null, failed(e));
        }
    }

    void unget(Task given) {
        try {
            binding.source().unget(given);
        } catch (RuntimeException e) {
            LOG.warn("{}: task {} was not taken back: {}", spec, binding.name(), e.toString());
        }
    }

    Outcome call(Task task, TaskContext context) {
        try {
            Object result = task.execute(context);
            return result instanceof CompletionStage<?> stage
                    ? new Outcome(null, stage)
                    : new Outcome(endings.completed(result), null);
        } catch (Throwable e) { // a body may throw anything, and the engine goes on
            return new Outcome(failed(e), null);
        }
    }

    /** The end by a stage that completed. */
    Command ended(Object value, Throwable e) {
        if (e != null) {
            return failed(e);
        }
        try {
            return endings.completed(value);
        } catch (Throwable broken) { // what is asked for the result is foreign code, too
            return failed(broken);
        }
    }

    private Command failed(Throwable e) {
        return cancellation.isLeaving()
                ? endings.handedBack(binding.name() + " " + binding.version() + " left")
                : endings.failed(e);
    }
}
