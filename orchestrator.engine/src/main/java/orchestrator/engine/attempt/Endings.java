package orchestrator.engine.attempt;

import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Retry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands by which an attempt that was bound to a task tells its run how it ended. Immutable. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final AttemptSpec spec;
    private final TaskBinding binding;

    Endings(AttemptSpec spec, TaskBinding binding) {
        this.spec = spec;
        this.binding = binding;
    }

    Command completed(Object result) {
        Payload output;
        try {
            output = Results.encode(binding.mapper(), result);
        } catch (IllegalArgumentException e) {
            binding.conduct().badOutput();
            LOG.warn(
                    "{}: the output of task {} of {} is not kept. {}",
                    spec,
                    binding.name(),
                    binding.bundle(),
                    e.getMessage());
            return failure("output", e.getMessage(), false);
        }
        if (output.size() > Limits.LARGE_PAYLOAD) {
            LOG.warn("{} gave a large output: {} bytes", spec, output.size());
        }
        return new Command.CompleteAttempt(
                spec.step().name(), spec.cell().item(), spec.number(), binding.version(), output);
    }

    /** The result of an earlier attempt is its own. */
    Command taken(Payload output) {
        return new Command.CompleteAttempt(
                spec.step().name(),
                spec.cell().item(),
                spec.number(),
                binding.version() + " (cached)",
                output);
    }

    Command failed(Throwable e) {
        Throwable cause = Results.cause(e);
        if (cause instanceof Error) {
            binding.conduct().error(cause);
            LOG.warn(
                    "{}: task {} of {} threw {}",
                    spec,
                    binding.name(),
                    binding.bundle(),
                    cause.getClass().getName());
        }
        Results.Failure failure = Results.failure(cause);
        Retry retry = spec.step().retry();
        boolean again = failure.retryable() && (retry == null || !retry.excludes(cause));
        return failure(failure.code(), failure.message(), again);
    }

    Command failure(String code, String text, boolean retryable) {
        return failure(spec, binding.version(), code, text, retryable);
    }

    static Command failure(
            AttemptSpec spec, String version, String code, String text, boolean retryable) {
        return new Command.FailAttempt(
                spec.step().name(),
                spec.cell().item(),
                spec.number(),
                version,
                code,
                Limits.error(text),
                retryable);
    }

    Command handedBack(String why) {
        return new Command.HandBackAttempt(
                spec.step().name(), spec.cell().item(), spec.number(), why);
    }
}
