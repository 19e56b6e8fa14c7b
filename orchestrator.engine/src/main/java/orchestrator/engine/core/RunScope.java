package orchestrator.engine.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Scope;

/**
 * What the expressions of a run can name: every step; one that has no output, because it was skipped for example, gives
 * null. Reads recorded values; any thread may use it.
 *
 * @param own the step whose expression it is, or null: to itself it is what it gave in its last iteration
 * @param item the item's value
 * @param hasItem whether there is an item
 */
record RunScope(RunState run, StepState own, Object item, boolean hasItem) implements Scope {
    @Override
    public boolean has(String name) {
        return switch (name) {
            case "input", "run" -> true;
            case "item" -> hasItem;
            default -> run.outputs().isStep(name);
        };
    }

    @Override
    public Object get(String name) {
        return switch (name) {
            case "input" -> run.inputValue();
            case "run" -> ofRun();
            case "item" -> item;
            default -> run.outputs().isStep(name) ? value(name) : null;
        };
    }

    /** Why the run is to end, if it is. */
    private Map<String, Object> ofRun() {
        Ending now = run.ending;
        Map<String, Object> value = new HashMap<>();
        value.put("error", now == null ? null : now.value());
        return Collections.unmodifiableMap(value);
    }

    private Object value(String name) {
        if (own == null || !name.equals(own.step.name())) {
            // what ends while a step is in progress is not seen: it may not be durable, and each
            // attempt must see the same
            return run.outputs().isBefore(name, own) ? run.outputs().seen(name) : null;
        }
        Payload last = own.last;
        return last == null ? null : last.value();
    }
}
