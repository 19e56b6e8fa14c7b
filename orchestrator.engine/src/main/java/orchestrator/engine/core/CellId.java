package orchestrator.engine.core;

/**
 * Names a piece of work within a run.
 *
 * @param step the step's place in the graph
 * @param item the item's position, or {@link Fact#NO_ITEM}
 */
public record CellId(int step, int item) {}
