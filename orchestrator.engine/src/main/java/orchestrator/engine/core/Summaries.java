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
            return new Standing(run.end(), null, null, Set.of());
        }
        if (run.end != null) { // it has told nobody yet
            Reason ending = new Reason("ending", run.end().name(), run.end.at(), null);
            return new Standing(RunStatus.RUNNING, ending, null, Set.of());
        }
        if (run.hold.isPaused()) {
            return new Standing(
                    RunStatus.PAUSED,
                    new Reason("pause", "", run.hold.pausedAt(), null),
                    null,
                    Set.of());
        }
        if (run.hold.isQuarantined()) {
            return new Standing(
                    RunStatus.WAITING,
                    new Reason(
                            "quarantined", run.hold.quarantine(), run.hold.quarantinedAt(), null),
                    null,
                    Set.of());
        }
        if (run.startedAt == null) {
            return new Standing(RunStatus.QUEUED, null, run.createdAt, Set.of());
        }
        if (run.scheduled > run.delays.size()) {
            return new Standing(RunStatus.RUNNING, ending(run), null, Set.of());
        }
        boolean parent = isParent(run, now);
        if (parent && now.isBefore(run.newsAt.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, ending(run), null, Set.of());
        }
        return waiting(run, now, parent);
    }

    /** Why a run that is to end has not done so, or null if it is not. */
    private static Reason ending(RunState run) {
        if (run.ending == null) {
            return null;
        }
        StepState compensation = run.openSteps > 0 ? null : run.nextCompensation();
        if (compensation != null && compensation.started != null) {
            String step = run.step(compensation.step.rules().compensates()).step.name();
            return new Reason("compensating", step, compensation.started, null);
        }
        return new Reason("ending", run.ending.to().name(), run.ending.since(), null);
    }

    /** When a run that only waits for the runs that it started is put aside unless it hears of them, or null. */
    public static Instant restsAt(RunState run) {
        boolean only = run.end == null && run.children > 0 && run.scheduled <= run.delays.size();
        return only ? run.newsAt.plus(SOON) : null;
    }

    /** Whether a child is not delayed any more. */
    private static boolean isParent(RunState run, Instant now) {
        Delays.Delay first = run.childDelays.first();
        return run.children > run.childDelays.size() || (first != null && !first.at().isAfter(now));
    }

    private static Standing waiting(RunState run, Instant now, boolean parent) {
        Delays.Delay delayed = earlier(run.delays.first(), run.childDelays.after(now));
        Instant retryAt = delayed == null ? null : delayed.at();
        if (retryAt != null && !retryAt.isAfter(now.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, ending(run), retryAt, Set.of());
        }
        Due next = run.waits.next();
        if (next != null && !next.at().isAfter(now.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, ending(run), next.at(), Set.of());
        }
        Instant wakeAt = earlier(earlier(retryAt, run.deadline), next == null ? null : next.at());
        Reason reason = null;
        if (!run.waits.isEmpty()) {
            StepState step = run.waits.first();
            reason = new Reason(step.waitCode, step.waitText(), step.waitSince, step.waitUntil);
        }
        if (reason == null && parent) {
            reason = new Reason("children", parentStep(run), run.newsAt, run.deadline);
        }
        if (reason == null && delayed != null) {
            StepState step = run.step(delayed.cell().step());
            boolean repeats = !step.step.isFanOut() && step.cell.failures == 0;
            reason =
                    new Reason(
                            repeats ? "repeat" : "retry", step.step.name(), step.started, retryAt);
        }
        return new Standing(RunStatus.WAITING, reason, wakeAt, run.waits.keys());
    }

    /** The workflow of the first step that is a run, or runs, in progress. */
    private static String parentStep(RunState run) {
        CellId first = run.children().get(0).cell();
        return run.step(first.step()).step.workflow();
    }

    /** The earlier of two; the first of equals. A child that was due is in progress, and not among them. */
    private static Delays.Delay earlier(Delays.Delay a, Delays.Delay b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.at().isBefore(a.at()) ? b : a;
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
        Fact.RunCreated created = run.created();
        return new RunSummary(
                id,
                RunKind.USER,
                created.workflow(),
                run.terms.definition(),
                run.terms.workflowVersion(),
                standing.status(),
                standing.reason(),
                standing.wakeAt(),
                standing.waitKeys(),
                created.priority(),
                created.labels(),
                run.progress(),
                run.createdAt,
                run.startedAt,
                run.closed ? run.end.at() : null,
                created.parent() == null ? null : created.parent().run(),
                created.origin() == null ? null : created.origin().run(),
                run.closed && run.error() != null ? Limits.error(run.error()) : null);
    }
}
