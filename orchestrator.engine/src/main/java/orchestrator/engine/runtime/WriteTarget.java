package orchestrator.engine.runtime;

import java.util.function.Consumer;
import orchestrator.api.state.Append;

/** Where the appends of runs go. */
@FunctionalInterface
interface WriteTarget {
    void append(Append append, Consumer<Writer.Settlement> settled);
}
