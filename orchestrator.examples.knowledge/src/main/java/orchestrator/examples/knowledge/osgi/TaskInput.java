package orchestrator.examples.knowledge.osgi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.examples.knowledge.document.Tree;

/** Reads the input of a task; what does not fit is a permanent failure that names the key. Immutable. */
final class TaskInput {
    private final Map<String, Object> input;

    TaskInput(TaskContext context) {
        this.input = context.input();
    }

    /** A text that must be there. */
    String text(String key) throws TaskFailure {
        return optionalText(key).orElseThrow(() -> wrong(key, "a text that is not blank"));
    }

    /** A text that may be left out. */
    Optional<String> optionalText(String key) throws TaskFailure {
        Object value = input.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw wrong(key, "a text that is not blank");
    }

    /** A whole number within bounds, or the given one if there is none. */
    int integer(String key, int otherwise, int min, int max) throws TaskFailure {
        Object value = input.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= min
                && number.doubleValue() <= max) {
            return number.intValue();
        }
        throw wrong(key, "a whole number from %,d to %,d".formatted(min, max));
    }

    /** The objects of a list that must be there. */
    List<Tree> objects(String key) throws TaskFailure {
        if (input.get(key) instanceof List<?>) {
            return new Tree(input).objects(key);
        }
        throw wrong(key, "a list of objects");
    }

    /** An object that must be there. */
    Tree object(String key) throws TaskFailure {
        if (input.get(key) instanceof Map<?, ?> map) {
            return new Tree(map);
        }
        throw wrong(key, "an object");
    }

    /** All of it. */
    Tree tree() {
        return new Tree(input);
    }

    private TaskFailure wrong(String key, String expected) {
        Object value = input.get(key);
        String shown = String.valueOf(value);
        String found =
                value == null
                        ? "none"
                        : "'"
                                + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown)
                                + "'";
        return TaskFailure.permanent(
                "input", "Expected %s as '%s', but found %s".formatted(expected, key, found));
    }
}
