package itests.simulation;

import java.util.Map;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Graph;

/** What a rerun keeps of the run that failed: by the written rule all that is finished, and nothing else. */
final class Kept {
    private final Graph graph; // that the failed run ended with
    private final Rules origin;

    /**
     * Of a rerun.
     *
     * @param origin the entries of the run that failed
     */
    Kept(Graph graph, Rules origin) {
        this.graph = graph;
        this.origin = origin;
    }

    /** Whether a step's end is kept: it is finished, and so is all that it comes after. */
    boolean isSettled(String step) {
        Map<String, Object> spec = Spec.of(graph, step);
        Fates.Fate fate = origin.fates().of(step);
        boolean whole = fate == Fates.Fate.COMPLETED && !origin.tries().hasFailedItems(step);
        boolean finished = whole && !origin.ends().isUndone(step);
        return (finished || fate == Fates.Fate.SKIPPED) && isSettledBefore(spec);
    }

    private boolean isSettledBefore(Map<String, Object> spec) {
        return Spec.after(spec).stream().allMatch(this::isSettled);
    }

    /** Whether the result of a step or an item is kept. */
    boolean has(String step, int item) {
        Map<String, Object> spec = Spec.of(graph, step);
        if (spec == null) {
            return false; // the run that is run again had no such step
        } else if (item == Fact.NO_ITEM) {
            return isSettled(step) && origin.fates().of(step) == Fates.Fate.COMPLETED;
        }
        Tries.Piece piece = origin.tries().piece(step, item);
        boolean completed = piece.over && piece.error == null && !origin.ends().isUndone(step);
        return completed && isSettledBefore(spec);
    }

    /** The result that is kept. */
    Object result(String step, int item) {
        return item == Fact.NO_ITEM
                ? origin.fates().seen(step)
                : origin.tries().piece(step, item).output.value();
    }
}
