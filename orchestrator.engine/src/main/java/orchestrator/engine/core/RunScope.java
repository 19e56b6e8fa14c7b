package orchestrator.engine.core;

import orchestrator.engine.graph.Scope;

/**
 * What the expressions of a run can name. Reads recorded values; any thread may use it.
 *
 * @param item the item's value
 * @param hasItem whether there is an item
 */
record RunScope(RunState run, Object item, boolean hasItem) implements Scope {
    @Override
    public boolean has(String name) {
        return switch (name) {
            case "input" -> true;
            case "item" -> hasItem;
            default -> run.hasOutput(name);
        };
    }

    @Override
    public Object get(String name) {
        return switch (name) {
            case "input" -> run.inputValue();
            case "item" -> item;
            default -> run.hasOutput(name) ? run.outputValue(name) : null;
        };
    }
}
