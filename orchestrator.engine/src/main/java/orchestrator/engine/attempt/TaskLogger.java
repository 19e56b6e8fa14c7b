package orchestrator.engine.attempt;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import orchestrator.engine.core.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logger of one attempt, whose lines are kept with the run. Thread safe. */
final class TaskLogger implements System.Logger {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLogger.class);

    /** The most lines of one attempt. */
    static final long MOST_LINES = 10_000;

    private final AttemptSpec spec;
    private final LogSink sink;
    private final TaskBinding binding;
    private final AtomicLong lines = new AtomicLong();

    TaskLogger(AttemptSpec spec, LogSink sink, TaskBinding binding) {
        this.spec = spec;
        this.sink = sink;
        this.binding = binding;
    }

    @Override
    public String getName() {
        return spec.step().task().name();
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.DEBUG.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        if (isLoggable(level)) {
            add(level, thrown == null ? text : text + ": " + thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
        if (isLoggable(level)) {
            boolean plain = params == null || params.length == 0;
            add(level, plain ? format : formatted(format, params));
        }
    }

    /** A pattern that is none is shown as it is: a line of a log fails no attempt. */
    private static String formatted(String format, Object... params) {
        try {
            return MessageFormat.format(format, params);
        } catch (IllegalArgumentException e) {
            return format + " " + Arrays.toString(params);
        }
    }

    private void add(Level level, String text) {
        long line = lines.incrementAndGet();
        if (line <= MOST_LINES) {
            sink.add(spec, level.getName(), Limits.error(text));
            return;
        }
        binding.conduct().tooManyLines();
        if (line == MOST_LINES + 1) {
            LOG.warn(
                    "{}: task {} of {} floods its log; what follows line {} is dropped",
                    spec,
                    binding.name(),
                    binding.bundle(),
                    MOST_LINES);
            sink.add(
                    spec,
                    Level.WARNING.getName(),
                    "Expected at most %,d lines of an attempt; what follows is dropped"
                            .formatted(MOST_LINES));
        }
    }
}
