package orchestrator.engine.attempt;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.api.TaskContext;

/** What a body sees of its run. */
final class TaskContextView implements TaskContext {
    private final Attempt attempt;
    private final TaskBinding binding;
    private final Cancellation cancellation;
    private final Instant deadline;
    private final System.Logger log;
    private Map<String, Object> input;

    TaskContextView(
            Attempt attempt,
            TaskBinding binding,
            Cancellation cancellation,
            Instant deadline,
            LogSink sink) {
        this.attempt = attempt;
        this.binding = binding;
        this.cancellation = cancellation;
        this.deadline = deadline;
        this.log = new TaskLogger(attempt.spec(), sink, binding);
    }

    @Override
    public String runId() {
        return attempt.spec().runId();
    }

    @Override
    public String step() {
        return attempt.spec().step().name();
    }

    @Override
    public int attempt() {
        return attempt.spec().number();
    }

    @Override
    public String idempotencyKey() {
        return attempt.spec().idempotencyKey();
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized Map<String, Object> input() {
        if (input == null) {
            Object value = attempt.spec().input().evaluate(attempt.spec().scope());
            if (!(value instanceof Map)) {
                throw new InputException(
                        "Expected the step's input to be an object, but found " + value);
            }
            input = (Map<String, Object>) value;
        }
        return input;
    }

    @Override
    public <T> T input(Class<T> type) {
        return convert("the input", input(), type);
    }

    @Override
    public <T> T input(String key, Class<T> type) {
        return convert("the input '" + key + "'", input().get(key), type);
    }

    @Override
    public <T> Optional<T> output(String step, Class<T> type) {
        if (!attempt.spec().scope().has(step) || step.equals("input") || step.equals("item")) {
            return Optional.empty();
        }
        Object value = attempt.spec().scope().get(step);
        return Optional.ofNullable(convert("the output of '" + step + "'", value, type));
    }

    private <T> T convert(String what, Object value, Class<T> type) {
        if (value == null || (type.isInstance(value) && !type.isRecord())) {
            return type.cast(value);
        }
        try {
            ObjectMapper mapper = binding.mapper();
            return mapper.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "Expected %s to fit %s, but %s"
                            .formatted(what, type.getSimpleName(), reason(e)));
        }
    }

    /** What the mapper says, with the key, and without advice on how to set up a mapper. */
    private static String reason(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        int advice = message.indexOf(" (set DeserializationConfig");
        String text = advice < 0 ? message : message.substring(0, advice);
        if (!(e.getCause() instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return text;
        }
        String key =
                mapping.getPath().stream()
                        .map(
                                part ->
                                        part.getFieldName() == null
                                                ? "" + part.getIndex()
                                                : part.getFieldName())
                        .collect(Collectors.joining("."));
        return "at '" + key + "': " + text;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(deadline);
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        cancellation.onCancel(action);
    }

    @Override
    public void progress(double fraction, String message) {
        attempt.progress(fraction, message);
    }

    @Override
    public System.Logger log() {
        return log;
    }
}
