package orchestrator.engine.attempt;

/** Takes the log lines of attempts. Never blocks; thread safe. */
@FunctionalInterface
public interface LogSink {
    /** Adds a line to the log of the attempt's run. */
    void add(AttemptSpec attempt, String level, String text);
}
