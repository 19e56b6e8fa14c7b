package orchestrator.engine.runtime;

import java.util.function.Consumer;
import orchestrator.api.state.Append;

/** Where the appends of runs go. */
@FunctionalInterface
interface WriteTarget {
    /**
     * Writes an append, and tells what became of it, perhaps before it returns.
     *
     * @param alone whether nothing else is in progress for the run, so that nobody has to reach it before the store has
     *     answered
     */
    void append(Append append, boolean alone, Consumer<Writer.Settlement> settled);
}
