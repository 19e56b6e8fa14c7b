package orchestrator.engine.service;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RefusedException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.Engine;

/** What callers keep with runs, and say of them. */
final class SavedState {
    private static final int LONGEST_NAME = 256;

    private final RunCommands commands;
    private final StoredRuns runs;

    SavedState(Engine engine) {
        this.commands = new RunCommands(engine);
        this.runs = new StoredRuns(engine);
    }

    CommandResult save(String run, Map<String, ?> values) {
        Map<String, Payload> payloads = new LinkedHashMap<>();
        values.forEach((name, value) -> payloads.put(name(name), payload(name, value)));
        return commands.give(run, new Command.SaveState(payloads), "keeping the values");
    }

    private static String name(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new RefusedException(
                    "input",
                    "Expected names of values of 1 to %d characters, but found '%s'"
                            .formatted(LONGEST_NAME, name));
        }
        return name;
    }

    private static Payload payload(String name, Object value) {
        try {
            return value == null
                    ? Payload.NULL
                    : Payload.of(Json.write(Json.freeze(value), Limits.MAX_PAYLOAD));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("input", "value '%s': %s".formatted(name, e.getMessage()));
        }
    }

    Map<String, Object> load(String run) {
        Map<String, Object> values = new LinkedHashMap<>();
        runs.state(run).notes().values().forEach((name, v) -> values.put(name, v.value()));
        return values;
    }

    CommandResult progress(String run, int percent, String message) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException(
                    "Expected a progress of 0 to 100 percent, but found " + percent);
        }
        String text = message == null ? "" : Limits.error(message);
        return commands.give(
                run, new Command.NoteProgress(percent, text), "at %d%%".formatted(percent));
    }
}
