package orchestrator.testkit.simple;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;

/** Lists and counts. The caller holds the store's lock. */
class SimpleReading {
    private static final Comparator<RunSummary> NEWEST_FIRST =
            Comparator.comparing(RunSummary::created).thenComparing(RunSummary::id).reversed();

    private final SimpleStore store;

    SimpleReading(SimpleStore store) {
        this.store = store;
    }

    SummaryPage find(RunQuery query) {
        List<RunSummary> found =
                store.runs.values().stream()
                        .map(run -> run.summary)
                        .filter(run -> fits(run, query) && isAfter(run, query.after()))
                        .sorted(NEWEST_FIRST)
                        .limit(query.limit() + 1L)
                        .toList();
        return page(found, query.limit());
    }

    SummaryPage page(List<RunSummary> found, int limit) {
        if (found.size() <= limit) {
            return new SummaryPage(found, Optional.empty());
        }
        RunSummary last = found.get(limit - 1);
        return new SummaryPage(
                found.subList(0, limit), Optional.of(new RunCursor(last.created(), last.id())));
    }

    private static boolean fits(RunSummary run, RunQuery query) {
        Reason reason = run.reason();
        return (query.kind() == null || query.kind() == run.kind())
                && (query.workflow() == null || query.workflow().equals(run.workflow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && (query.reasonCode() == null
                        || (reason != null && query.reasonCode().equals(reason.code())))
                && (query.reasonSubject() == null
                        || (reason != null && query.reasonSubject().equals(reason.subject())))
                && (query.parent() == null
                        || query.parent().equals(run.parent() == null ? "" : run.parent()))
                && run.labels().entrySet().containsAll(query.labels().entrySet());
    }

    private static boolean isAfter(RunSummary run, RunCursor after) {
        if (after == null) {
            return true;
        }
        Instant created = after.created();
        return run.created().isBefore(created)
                || (run.created().equals(created) && run.id().compareTo(after.id()) < 0);
    }

    Map<RunStatus, Long> count() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        store.runs.values().stream()
                .map(run -> run.summary)
                .filter(run -> run.kind() == RunKind.USER)
                .forEach(run -> counts.merge(run.status(), 1L, Long::sum));
        return counts;
    }
}
