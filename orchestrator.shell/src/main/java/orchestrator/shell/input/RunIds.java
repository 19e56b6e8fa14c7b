package orchestrator.shell.input;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.WorkflowManager;

/** Finds the run that a typed id means: a whole id, or the beginning of one among the newest 1,000 runs. */
public final class RunIds {
    private static final int RECENT = 1000;
    private static final int LISTED = 5;

    private final WorkflowManager workflows;
    private final StateManager states;

    /** Looks runs up with these services. */
    public RunIds(WorkflowManager workflows, StateManager states) {
        this.workflows = workflows;
        this.states = states;
    }

    /**
     * The id of the run that is meant.
     *
     * @throws RefusedException ({@code unknown-run}) if there is none, or more than one
     */
    public String find(String typed) {
        if (workflows.getWorkflowStatus(typed).isPresent()) {
            return typed;
        }
        List<String> fits = fitting(typed);
        if (fits.isEmpty()) {
            throw new RefusedException(
                    "unknown-run",
                    "Expected the id of a run, or the beginning of one among the newest %,d, but found '%s'; run:list shows them."
                            .formatted(RECENT, typed));
        }
        if (fits.size() > 1) {
            throw new RefusedException(
                    "unknown-run",
                    "Expected the id of one run, but found '%s', with which %d begin: %s%s."
                            .formatted(
                                    typed,
                                    fits.size(),
                                    String.join(
                                            ", ", fits.subList(0, Math.min(LISTED, fits.size()))),
                                    fits.size() > LISTED ? ", ..." : ""));
        }
        return fits.get(0);
    }

    /** The id of a run that another started begins as that one's: of both the latter is meant. */
    private List<String> fitting(String typed) {
        List<String> fits = fitting(typed, RunFilter.all().topLevel());
        return fits.isEmpty() ? fitting(typed, RunFilter.all()) : fits;
    }

    private List<String> fitting(String typed, RunFilter filter) {
        return recent(filter).stream().filter(id -> id.startsWith(typed)).toList();
    }

    private List<String> recent(RunFilter filter) {
        return states.find(filter.limit(RECENT)).items().stream().map(RunInfo::id).toList();
    }

    /** Beginnings of these ids that {@link #find} takes now; an id of which it would take none is left whole. */
    public Beginnings beginnings(Collection<String> ids) {
        List<String> known = new ArrayList<>(recent(RunFilter.all().topLevel()));
        if (!known.containsAll(ids)) {
            known.addAll(recent(RunFilter.all()));
        }
        return new Beginnings(known);
    }
}
