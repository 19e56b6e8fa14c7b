package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunSummary;

/** Derives what a store lists about a run from its state. */
public final class Summaries {
    /** What is due within this time stays in memory, and counts as running. */
    public static final Duration SOON = Duration.ofSeconds(10);

    private Summaries() {}

    /** Where a run stands, why, and when it goes on. */
    public record Standing(RunStatus status, Reason reason, Instant wakeAt, Set<String> waitKeys) {}

    /** Where a run stands at a moment. */
    public static Standing standing(RunState run, Instant now) {
        if (run.closed) {
            return new Standing(run.end, null, null, Set.of());
        }
        if (run.end != null) { // it has told nobody yet
            Reason ending = new Reason("ending", run.end.name(), run.endedAt, null);
            return new Standing(RunStatus.RUNNING, ending, null, Set.of());
        }
        if (run.paused) {
            return new Standing(
                    RunStatus.PAUSED, new Reason("pause", "", run.pausedAt, null), null, Set.of());
        }
        if (run.quarantine != null) {
            return new Standing(
                    RunStatus.WAITING,
                    new Reason("quarantined", run.quarantine, run.quarantinedAt, null),
                    null,
                    Set.of());
        }
        if (run.startedAt == null) {
            return new Standing(RunStatus.QUEUED, null, run.createdAt, Set.of());
        }
        if (run.scheduled > run.delayed) {
            return new Standing(RunStatus.RUNNING, null, null, Set.of());
        }
        boolean parent = childrenAtWork(run, now) > 0;
        if (parent && now.isBefore(run.newsAt.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, null, null, Set.of());
        }
        return waiting(run, now, parent);
    }

    /** When a run that only waits for the runs that it started is put aside unless it hears of them, or null. */
    public static Instant restsAt(RunState run) {
        boolean only = run.end == null && run.children > 0 && run.scheduled <= run.delayed;
        return only ? run.newsAt.plus(SOON) : null;
    }

    /** How many children are not delayed. */
    private static int childrenAtWork(RunState run, Instant now) {
        int delayed = 0;
        if (run.delayedChildren > 0) {
            for (ChildId child : run.children()) {
                StepState step = run.step(child.cell().step());
                Instant notBefore = step.cell(child.cell().item()).notBefore;
                if (!step.isWaiting() && notBefore != null && notBefore.isAfter(now)) {
                    delayed++;
                }
            }
        }
        return run.children - delayed;
    }

    private static Standing waiting(RunState run, Instant now, boolean parent) {
        StepState delayed = run.delayed + run.delayedChildren > 0 ? earliest(run, now) : null;
        Instant retryAt = delayed == null ? null : retryAt(delayed, now);
        if (retryAt != null && !retryAt.isAfter(now.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, null, retryAt, Set.of());
        }
        Due next = run.waits.next();
        if (next != null && !next.at().isAfter(now.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, null, next.at(), Set.of());
        }
        Instant wakeAt = earlier(earlier(retryAt, run.deadline), next == null ? null : next.at());
        Reason reason = null;
        if (!run.waits.isEmpty()) {
            StepState step = run.waits.first();
            Instant until = earlier(step.waitUntil, run.deadline);
            reason = new Reason(step.waitCode, step.waitSubject, step.waitSince, until);
        }
        if (reason == null && parent) {
            reason = new Reason("children", parentStep(run), run.newsAt, run.deadline);
        }
        if (reason == null && delayed != null) {
            reason = new Reason("retry", delayed.step.name(), delayed.started, retryAt);
        }
        return new Standing(RunStatus.WAITING, reason, wakeAt, run.waits.keys());
    }

    /** The workflow of the first step that is a run, or runs, in progress. */
    private static String parentStep(RunState run) {
        CellId first = run.children().get(0).cell();
        return run.step(first.step()).step.workflow();
    }

    private static StepState earliest(RunState run, Instant now) {
        StepState first = null;
        Instant earliest = null;
        for (StepState step : run.steps()) {
            Instant at = step.isWaiting() || step.status.isFinal() ? null : retryAt(step, now);
            if (at != null && (earliest == null || at.isBefore(earliest))) {
                first = step;
                earliest = at;
            }
        }
        return first;
    }

    /** When the earliest delayed attempt of a step is due, or null; one that is a run and was due is in progress. */
    private static Instant retryAt(StepState step, Instant now) {
        Instant first = due(step, step.cell, now);
        for (int i = 0; i < step.next; i++) {
            first = earlier(first, due(step, step.items[i], now));
        }
        return first;
    }

    private static Instant due(StepState step, Cell cell, Instant now) {
        boolean over =
                step.step.isSubWorkflow() && cell.notBefore != null && !cell.notBefore.isAfter(now);
        return over ? null : cell.notBefore;
    }

    private static Instant earlier(Instant a, Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    /** The summary of a run that is put aside because it cannot be read or written. */
    public static RunSummary quarantined(RunSummary s, String why, Instant now) {
        return new RunSummary(
                s.id(),
                s.kind(),
                s.workflow(),
                s.definitionHash(),
                s.version(),
                RunStatus.WAITING,
                new Reason("quarantined", Limits.error(why), now, null),
                null,
                Set.of(),
                s.priority(),
                s.labels(),
                s.progress(),
                s.created(),
                s.started(),
                s.ended(),
                s.parent(),
                s.origin(),
                s.error());
    }

    /** The summary of a run at a moment. */
    public static RunSummary of(String id, RunState run, Instant now) {
        return of(id, run, standing(run, now));
    }

    /** The summary of a run that stands so. */
    public static RunSummary of(String id, RunState run, Standing standing) {
        Fact.RunCreated created = run.created;
        return new RunSummary(
                id,
                RunKind.USER,
                created.workflow(),
                run.definition(),
                run.migration == null ? created.workflowVersion() : run.migration.workflowVersion(),
                standing.status(),
                standing.reason(),
                standing.wakeAt(),
                standing.waitKeys(),
                created.priority(),
                created.labels(),
                run.progress(),
                run.createdAt,
                run.startedAt,
                run.closed ? run.endedAt : null,
                created.parent() == null ? null : created.parent().run(),
                created.origin() == null ? null : created.origin().run(),
                run.closed && run.error != null ? Limits.error(run.error) : null);
    }
}
