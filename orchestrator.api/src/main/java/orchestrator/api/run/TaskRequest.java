package orchestrator.api.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A task to be run, and its input. Immutable. */
public final class TaskRequest {
    private final String task;
    private final Map<String, Object> input;

    private TaskRequest(String task, Map<String, Object> input) {
        this.task = task;
        this.input = input;
    }

    /**
     * A request.
     *
     * @param task the task's name
     * @param input a tree of null, Boolean, String, Number, List and Map
     */
    public static TaskRequest of(String task, Map<String, ?> input) {
        return new TaskRequest(
                Objects.requireNonNull(task, "task"),
                Collections.unmodifiableMap(new LinkedHashMap<>(input)));
    }

    /** The task's name. */
    public String task() {
        return task;
    }

    /** Its input. */
    public Map<String, Object> input() {
        return input;
    }
}
