package orchestrator.engine.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.SummaryPage;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.JournalEnd;

/** Deletes runs that ended long ago, and looks for those that stand still. By bounded batches, so that runs go on. */
final class Cleanup {
    private static final int BATCH = 200;

    /** How long a start key outlives its run. */
    private static final Duration KEYS_KEPT = Duration.ofDays(7);

    private static final Set<RunStatus> UNFINISHED =
            Set.of(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING);

    private final Engine engine;
    private final CleanupOptions options;
    private final Function<String, CommandResult> cancel;
    private final Consumer<CleanedRun> cleaned;
    private final Instant now;
    private final Set<String> looked = new HashSet<>(); // at, in order to cancel them
    private final Set<String> follow = new HashSet<>(); // those of them that cancel their children
    private long number;

    private record Cleaned(String runId, String action, boolean isDone, String message)
            implements CleanedRun {}

    Cleanup(
            Engine engine,
            CleanupOptions options,
            Function<String, CommandResult> cancel,
            Consumer<CleanedRun> cleaned) {
        this.engine = engine;
        this.options = options;
        this.cancel = cancel;
        this.cleaned = cleaned;
        this.now = engine.now();
    }

    long make() {
        options.endedFor().ifPresent(age -> deleteEndedBefore(now.minus(age)));
        options.stillFor().ifPresent(age -> stale(now.minus(age)));
        return number;
    }

    private void deleteEndedBefore(Instant cutoff) {
        if (!options.applies()) {
            eachRun(options.statuses(), run -> planDelete(run, cutoff));
            return;
        }
        List<String> deleted;
        do {
            deleted = backend().delete(cutoff, options.statuses(), now.minus(KEYS_KEPT), BATCH);
            deleted.forEach(run -> tell(run, "delete", true, "deleted"));
        } while (deleted.size() >= BATCH);
    }

    private void planDelete(RunSummary run, Instant cutoff) {
        if (run.ended() != null && run.ended().isBefore(cutoff)) {
            tell(run.id(), "delete", false, "%s %s".formatted(run.status(), seconds(run.ended())));
        }
    }

    private void stale(Instant cutoff) {
        boolean cancels = options.cancelsStale() && options.applies();
        eachRun(
                UNFINISHED,
                run -> {
                    if (cancels) {
                        cancel(run, cutoff);
                    } else {
                        stillSince(run, cutoff).ifPresent(at -> report(run, at));
                    }
                });
    }

    /** When the journal of a run grew the last time; empty if that is not so long ago. */
    private Optional<Instant> stillSince(RunSummary run, Instant cutoff) {
        return run.created().isBefore(cutoff)
                ? new JournalEnd(backend())
                        .of(run.id())
                        .map(Entry::at)
                        .filter(at -> at.isBefore(cutoff))
                : Optional.empty();
    }

    private void report(RunSummary run, Instant since) {
        boolean cancels = options.cancelsStale();
        String why = "%s, nothing has happened since %s".formatted(run.status(), seconds(since));
        tell(run.id(), cancels ? "cancel" : "report", !cancels && options.applies(), why);
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Parents first: a parent that goes on would take the end of its child for a failure, or start another. One that is
     * cancelled by a command cancels its children itself.
     */
    private void cancel(RunSummary run, Instant cutoff) {
        if (looked.contains(run.id()) || stillSince(run, cutoff).isEmpty()) {
            return;
        }
        looked.add(run.id());
        if (run.parent() != null) {
            backend().summaries(List.of(run.parent())).stream()
                    .filter(parent -> UNFINISHED.contains(parent.status()))
                    .forEach(parent -> cancel(parent, cutoff));
        }
        cancel(run);
    }

    /** A run whose journal cannot be read does not follow a command: it is ended for it. */
    private void cancel(RunSummary stale) {
        String run = stale.id();
        Optional<CommandResult> ended = new Unreadable(engine).cancel(run);
        if (ended.isEmpty()) {
            if (stale.parent() != null && follow.contains(stale.parent())) {
                follow.add(run);
                tell(run, "cancel", true, "with run " + stale.parent());
                return;
            }
            CommandResult result = cancel.apply(run);
            if (result.accepted()) {
                follow.add(run);
            }
            tell(run, "cancel", result.accepted(), result.message());
        } else {
            tell(run, "cancel", ended.get().accepted(), ended.get().message());
        }
    }

    private void eachRun(Set<RunStatus> statuses, Consumer<RunSummary> visitor) {
        Optional<RunCursor> after = Optional.empty();
        do {
            SummaryPage page =
                    backend()
                            .find(
                                    new RunQuery(
                                            null,
                                            null,
                                            statuses,
                                            null,
                                            null,
                                            Map.of(),
                                            after.orElse(null),
                                            BATCH));
            page.runs().forEach(visitor);
            after = page.next();
        } while (after.isPresent());
    }

    private StateBackend backend() {
        return engine.store().backend();
    }

    private void tell(String run, String action, boolean done, String message) {
        number++;
        cleaned.accept(new Cleaned(run, action, done, message));
    }
}
