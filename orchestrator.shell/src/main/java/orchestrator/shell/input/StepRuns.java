package orchestrator.shell.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StateManager;

/** Finds the runs that the steps of a run are, each with its step, as its own journal says in the beginning. Not thread safe. */
public final class StepRuns {
    private static final int NEWEST = 200;

    private final StateManager states;
    private final Map<String, Map<?, ?>> parents = new HashMap<>(); // a beginning does not change

    /** Looks them up with this service. */
    public StepRuns(StateManager states) {
        this.states = states;
    }

    /** At most the newest 200 of them, the oldest first. */
    public List<StepRun> of(String run) {
        List<StepRun> found = new ArrayList<>();
        for (RunInfo child : states.find(RunFilter.all().childrenOf(run).limit(NEWEST)).items()) {
            Map<?, ?> parent = parents.computeIfAbsent(child.id(), this::parent);
            found.add(
                    0,
                    new StepRun(
                            child,
                            Optional.ofNullable(parent.get("step")).map(String::valueOf),
                            Optional.ofNullable(parent.get("item"))
                                    .filter(Number.class::isInstance)
                                    .map(item -> ((Number) item).intValue())
                                    .filter(item -> item >= 0)));
        }
        return found;
    }

    private Map<?, ?> parent(String child) {
        try {
            List<HistoryEntry> first = states.getWorkflowHistory(child, 1, 1);
            return !first.isEmpty() && first.get(0).body().get("parent") instanceof Map<?, ?> parent
                    ? parent
                    : Map.of();
        } catch (RuntimeException e) { // a journal that cannot be read must not hide the rest
            return Map.of();
        }
    }
}
