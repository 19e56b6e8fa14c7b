package orchestrator.engine.attempt;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.ResourceBundle;
import orchestrator.engine.core.Limits;

/** The logger of one attempt, whose lines are kept with the run. Thread safe. */
final class TaskLogger implements System.Logger {
    private final AttemptSpec spec;
    private final LogSink sink;

    TaskLogger(AttemptSpec spec, LogSink sink) {
        this.spec = spec;
        this.sink = sink;
    }

    @Override
    public String getName() {
        return spec.step().task();
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
        sink.add(spec, level.getName(), Limits.error(text));
    }
}
