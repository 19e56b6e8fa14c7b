package orchestrator.state.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;

/** The runs in the order in which they are listed: newest first. Thread safe. */
final class RunOrder {
    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::created).thenComparing(Place::id).reversed();

    private final ConcurrentNavigableMap<Place, MemoryRun> runs =
            new ConcurrentSkipListMap<>(NEWEST_FIRST);

    private record Place(Instant created, String id) {}

    void add(MemoryRun run) {
        runs.put(place(run.summary()), run);
    }

    void remove(MemoryRun run) {
        runs.remove(place(run.summary()));
    }

    SummaryPage find(RunQuery query) {
        RunFit fit = new RunFit(query);
        List<RunSummary> page = new ArrayList<>();
        for (MemoryRun run : from(query.after()).values()) {
            RunSummary summary = run.summary();
            if (!fit.test(summary)) {
                continue;
            }
            if (page.size() == query.limit()) {
                RunSummary last = page.get(page.size() - 1);
                return new SummaryPage(page, Optional.of(new RunCursor(last.created(), last.id())));
            }
            page.add(summary);
        }
        return new SummaryPage(page, Optional.empty());
    }

    private ConcurrentNavigableMap<Place, MemoryRun> from(RunCursor after) {
        return after == null ? runs : runs.tailMap(new Place(after.created(), after.id()), false);
    }

    private static Place place(RunSummary summary) {
        return new Place(summary.created(), summary.id());
    }
}
