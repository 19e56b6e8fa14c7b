package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
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
        if (run.end != null) {
            return new Standing(run.end, null, null, Set.of());
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
        return waiting(run, now);
    }

    private static Standing waiting(RunState run, Instant now) {
        StepState delayed = run.delayed > 0 ? earliest(run) : null;
        Instant retryAt = delayed == null ? null : retryAt(delayed);
        if (retryAt != null && !retryAt.isAfter(now.plus(SOON))) {
            return new Standing(RunStatus.RUNNING, null, retryAt, Set.of());
        }
        Instant wakeAt = earlier(retryAt, run.deadline);
        Set<String> keys = new TreeSet<>();
        Reason reason = null;
        if (run.waitingSteps > 0) {
            for (StepState step : run.steps()) {
                if (step.isWaiting()) {
                    keys.add(step.waitCode + ":" + step.waitSubject);
                    if (reason == null) {
                        reason =
                                new Reason(
                                        step.waitCode,
                                        step.waitSubject,
                                        step.waitSince,
                                        run.deadline);
                    }
                }
            }
        }
        if (reason == null && delayed != null) {
            reason = new Reason("retry", delayed.step.name(), delayed.started, retryAt);
        }
        return new Standing(RunStatus.WAITING, reason, wakeAt, keys);
    }

    private static StepState earliest(RunState run) {
        StepState first = null;
        for (StepState step : run.steps()) {
            if (!step.isWaiting() && !step.status.isFinal() && retryAt(step) != null) {
                first = first == null || retryAt(step).isBefore(retryAt(first)) ? step : first;
            }
        }
        return first;
    }

    /** When the earliest delayed attempt of a step is due, or null. */
    static Instant retryAt(StepState step) {
        Instant first = step.cell.notBefore;
        for (int i = 0; i < step.next; i++) {
            first = earlier(first, step.items[i].notBefore);
        }
        return first;
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
                created.definition(),
                created.workflowVersion(),
                standing.status(),
                standing.reason(),
                standing.wakeAt(),
                standing.waitKeys(),
                created.priority(),
                created.labels(),
                run.progress(),
                run.createdAt,
                run.startedAt,
                run.endedAt,
                null,
                null,
                run.error == null ? null : Limits.error(run.error));
    }
}
