package orchestrator.engine.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import orchestrator.api.run.Page;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;
import orchestrator.engine.runtime.RunInfoView;

/**
 * Finds the runs that a filter wants. The store knows nothing of texts and times: it lists the newest first, so that a time
 * is a place in its list, and texts are looked for here. Blocking, thread safe.
 */
final class RunSearch {
    private static final int PAGE = 1_000;
    private static final int MOST = 10_000;

    private final Function<RunQuery, SummaryPage> store;

    RunSearch(Function<RunQuery, SummaryPage> store) {
        this.store = store;
    }

    Page<RunInfo> find(RunFilter filter) {
        boolean exact = filter.text().isEmpty() && filter.createdSince().isEmpty();
        List<RunInfo> found = new ArrayList<>();
        RunCursor at = start(filter);
        for (int looked = 0; looked < MOST; ) {
            SummaryPage page = store.apply(query(filter, at, exact ? filter.limit() : PAGE));
            for (RunSummary run : page.runs()) {
                if (isTooOld(run, filter)) {
                    return new Page<>(found, Optional.empty());
                }
                if (fits(run, filter)) {
                    if (found.size() == filter.limit()) {
                        return new Page<>(found, Optional.of(text(at)));
                    }
                    found.add(new RunInfoView(run));
                }
                at = new RunCursor(run.created(), run.id());
            }
            if (exact || page.next().isEmpty()) {
                return new Page<>(found, page.next().map(RunSearch::text));
            }
            looked += page.runs().size();
        }
        return new Page<>(found, Optional.of(text(at)));
    }

    private static boolean isTooOld(RunSummary run, RunFilter filter) {
        return filter.createdSince().map(run.created()::isBefore).orElse(false);
    }

    private static boolean fits(RunSummary run, RunFilter filter) {
        return filter.text()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> texts(run).anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(text)))
                .orElse(true);
    }

    private static Stream<String> texts(RunSummary run) {
        Stream<String> own =
                Stream.of(run.id(), run.workflow(), run.error() == null ? "" : run.error());
        Stream<String> why =
                run.reason() == null
                        ? Stream.of()
                        : Stream.of(run.reason().code(), run.reason().subject());
        Stream<String> labels =
                run.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue());
        return Stream.of(own, why, labels).flatMap(all -> all);
    }

    private static RunQuery query(RunFilter filter, RunCursor after, int limit) {
        return new RunQuery(
                RunKind.USER,
                filter.workflow().orElse(null),
                filter.statuses(),
                null,
                null,
                filter.labels(),
                filter.parent().orElse(null),
                after,
                limit);
    }

    /** The later of two places in the list: where the page before ended, and where runs are old enough. */
    private static RunCursor start(RunFilter filter) {
        RunCursor after = filter.after().map(RunSearch::cursor).orElse(null);
        Instant before = filter.createdBefore().orElse(null);
        boolean isAfter = before == null || (after != null && after.created().isBefore(before));
        return isAfter ? after : new RunCursor(before, ""); // every id comes after the empty one
    }

    private static String text(RunCursor cursor) {
        return cursor.created() + "/" + cursor.id();
    }

    private static RunCursor cursor(String text) {
        int slash = text.indexOf('/');
        try {
            return new RunCursor(
                    Instant.parse(text.substring(0, slash)), text.substring(slash + 1));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Expected the cursor of a page, but found '%s'".formatted(text), e);
        }
    }
}
