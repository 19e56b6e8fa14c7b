package orchestrator.engine.service;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.TimelineEntry;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Timeline;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.Journal;
import orchestrator.engine.runtime.JournalEnd;
import orchestrator.engine.runtime.RunDetailsView;
import orchestrator.engine.runtime.RunInfoView;

/** What there is to know of runs that do not do what somebody expects. Blocking, thread safe. */
final class Debugging {
    private static final int NEWEST = 10_000;
    private static final int PAGE = 1000;

    private final Engine engine;
    private final StoredRuns runs;

    private record Debug(RunInfo run, List<Explanation> why, List<TimelineEntry> timeline)
            implements RunDebug {}

    Debugging(Engine engine) {
        this.engine = engine;
        this.runs = new StoredRuns(engine);
    }

    RunDebug debug(String run) {
        RunSummary summary = runs.summary(run);
        return StateManagerService.asking(
                () -> new Debug(info(summary), engine.why(summary), timeline(run)));
    }

    private RunInfo info(RunSummary summary) {
        try {
            return engine.details(summary.id())
                    .<RunInfo>map(details -> details)
                    .orElseGet(() -> new RunInfoView(summary));
        } catch (UnknownEntryException e) {
            return new RunInfoView(summary);
        }
    }

    private List<TimelineEntry> timeline(String run) {
        List<TimelineEntry> told = new ArrayList<>();
        Timeline timeline = new Timeline();
        long last =
                new JournalEnd(engine.store().backend()).of(run).map(Entry::sequence).orElse(0L);
        long next = Math.max(1, last - NEWEST + 1);
        while (next <= last) {
            List<Entry> page = engine.store().backend().journal(run, next, PAGE);
            if (page.isEmpty()) {
                return told;
            }
            for (Entry entry : page) {
                try {
                    told.add(
                            timeline.next(
                                    entry.sequence(), entry.at(), engine.codec().decode(entry)));
                } catch (UnknownEntryException e) {
                    told.add(new Damaged(entry.sequence(), entry.at(), e.getMessage()));
                }
                next = entry.sequence() + 1;
            }
        }
        return told;
    }

    private record Damaged(long sequence, java.time.Instant at, String text)
            implements TimelineEntry {
        @Override
        public String step() {
            return "";
        }

        @Override
        public java.util.Optional<java.time.Duration> took() {
            return java.util.Optional.empty();
        }
    }

    /** Where a run stood after an entry. */
    RunDetails at(String run, long entry) {
        runs.summary(run); // or there is no such run
        Journal.Replayed replayed =
                entry < 1
                        ? null
                        : StoredRuns.reading(
                                run,
                                () ->
                                        StateManagerService.asking(
                                                () -> engine.journal().replay(run, entry)));
        if (replayed == null || replayed.lastSequence() < entry) {
            throw new RefusedException(
                    "unknown-entry",
                    "Expected one of the entries of run %s, from 1 to %,d, but found %,d"
                            .formatted(run, last(run), entry));
        }
        return RunDetailsView.of(
                run, replayed.state(), replayed.state().newsAt(), java.util.Map.of());
    }

    private long last(String run) {
        return StateManagerService.asking(
                () ->
                        new JournalEnd(engine.store().backend())
                                .of(run)
                                .map(Entry::sequence)
                                .orElse(0L));
    }
}
