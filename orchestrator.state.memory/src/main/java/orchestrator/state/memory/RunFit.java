package orchestrator.state.memory;

import java.util.Objects;
import java.util.function.Predicate;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;

/** Whether a run is one that a query wants. */
record RunFit(RunQuery query) implements Predicate<RunSummary> {

    @Override
    public boolean test(RunSummary run) {
        return (query.kind() == null || query.kind() == run.kind())
                && (query.workflow() == null || query.workflow().equals(run.workflow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && fitsReason(run)
                && fitsParent(run)
                && run.labels().entrySet().containsAll(query.labels().entrySet());
    }

    private boolean fitsParent(RunSummary run) {
        return query.parent() == null
                || query.parent()
                        .equals(Objects.requireNonNullElse(run.parent(), RunQuery.NO_PARENT));
    }

    private boolean fitsReason(RunSummary run) {
        if (query.reasonCode() == null && query.reasonSubject() == null) {
            return true;
        }
        return run.reason() != null
                && (query.reasonCode() == null || query.reasonCode().equals(run.reason().code()))
                && (query.reasonSubject() == null
                        || query.reasonSubject().equals(run.reason().subject()));
    }
}
