package orchestrator.examples.knowledge.osgi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import orchestrator.api.TaskContext;

/** An attempt of a task outside of any engine, which keeps what is logged. */
public final class Attempt implements TaskContext {
    private final Map<String, Object> input;
    private final String key;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private Attempt(Map<String, Object> input, String key) {
        this.input = input;
        this.key = key;
    }

    /** An attempt with this input: keys and values in turn. */
    public static Attempt with(Object... pairs) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            input.put((String) pairs[i], pairs[i + 1]);
        }
        return new Attempt(Collections.unmodifiableMap(input), "run-1/step/1/1");
    }

    Attempt key(String newKey) {
        return new Attempt(input, newKey);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public String runId() {
        return "run-1";
    }

    @Override
    public String step() {
        return "step";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        return key;
    }

    @Override
    public Map<String, Object> input() {
        return input;
    }

    @Override
    public <T> T input(Class<T> type) {
        return type.cast(input);
    }

    @Override
    public <T> T input(String name, Class<T> type) {
        return type.cast(input.get(name));
    }

    @Override
    public <T> Optional<T> output(String step, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {}

    @Override
    public void progress(double fraction, String message) {}

    @Override
    public System.Logger log() {
        return new System.Logger() {
            @Override
            public String getName() {
                return "run-1";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
                lines.add(level + " " + text);
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... values) {
                lines.add(level + " " + java.text.MessageFormat.format(format, values));
            }
        };
    }
}
