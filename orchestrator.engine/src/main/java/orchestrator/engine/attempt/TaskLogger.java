package orchestrator.engine.attempt;

import java.text.MessageFormat;
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
            add(level, plain ? format : MessageFormat.format(format, params));
        }
    }

    private void add(Level level, String text) {
        sink.add(spec, level.getName(), Limits.error(text));
    }
}
