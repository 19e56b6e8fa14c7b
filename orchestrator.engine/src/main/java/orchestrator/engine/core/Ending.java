package orchestrator.engine.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.run.RunStatus;

/**
 * How a run is going to end that has something to do before.
 *
 * @param to the status that it will have
 * @param step the step that failed, or null
 * @param code why, in one word
 * @param message why
 * @param since when it was decided
 */
record Ending(RunStatus to, String step, String code, String message, Instant since) {
    /** As expressions see it. */
    Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("step", step);
        value.put("code", code);
        value.put("message", message);
        return value;
    }
}
