package itests.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;

/** How a run ends, by the written rules: what it undoes before, in which order, and what runs at last. */
final class Ends {
    private static final Set<Fates.Fate> WELL =
            Set.of(Fates.Fate.COMPLETED, Fates.Fate.SKIPPED, Fates.Fate.GONE_ON);

    private final RunState state;
    private final Fates fates;
    private final Fates.Claim claim;
    private final Deque<String> undo = new ArrayDeque<>(); // the last completed first
    private final Set<String> undone = new HashSet<>();
    private String failed;
    private RunStatus to; // null while it goes forward
    private String code;
    private boolean failedToUndo;
    private boolean lastHasRun;

    Ends(RunState state, Fates fates, Fates.Claim claim) {
        this.state = state;
        this.fates = fates;
        this.claim = claim;
    }

    /** Why it is to end, in a word; null while it goes forward. */
    String code() {
        return code;
    }

    boolean isUndone(String step) {
        return undone.contains(step);
    }

    void completed(String step) {
        if (Spec.of(state.graph(), step).containsKey("compensate")) {
            undo.push(step);
        }
    }

    void stepFailed(Fact.StepFailed f) {
        boolean goesOn = to != null || Spec.goesOn(Spec.of(state.graph(), f.step()));
        claim.expect(f.goesOn() == goesOn, f, "Expected a run that goes on as the step says");
        if (!f.goesOn()) {
            failed = f.step();
        }
    }

    /** A step beside the others does its first thing, or another. */
    void begins(String step, Fact fact) {
        claim.expect(to != null, fact, "Expected a run that is about to end");
        claim.expect(fates.isOver(Set.of()), fact, "Expected every other step to have ended");
        if (step.equals(Spec.ON_FAILURE)) {
            boolean fits = to == RunStatus.FAILED && undo.isEmpty() && !lastHasRun;
            claim.expect(fits, fact, "Expected what runs last");
        } else {
            boolean fits = !undo.isEmpty() && undo.peek().equals(Spec.undone(step));
            claim.expect(fits, fact, "Expected the last completed to be undone first: " + undo);
        }
    }

    /** A step beside the others has come to an end. */
    void ended(String step, boolean completed) {
        if (step.equals(Spec.ON_FAILURE)) {
            lastHasRun = true;
            return;
        }
        undo.poll();
        failedToUndo |= !completed;
        if (completed) {
            undone.add(Spec.undone(step));
        }
    }

    void failing(Fact.RunFailing f, Instant at) {
        claim.expect(to == null, f, "Expected a run that goes forward");
        claim.expect(isReason(f.step(), f.code(), at), f, "Expected a failure, or a deadline");
        to = RunStatus.FAILED;
        code = f.code();
    }

    void cancelling(Fact.RunCancelling f, boolean asked) {
        boolean children = !state.children().isEmpty() || !state.strays().isEmpty();
        boolean fits = to == null && (children || !undo.isEmpty());
        claim.expect(fits, f, "Expected a run that can be undone");
        claim.expect(asked, f, "Expected no cancel that nobody asked for");
        to = RunStatus.CANCELLED;
        code = "cancelled";
    }

    private boolean isReason(String step, String why, Instant at) {
        boolean late = state.deadline() != null && !state.deadline().isAfter(at);
        return step != null ? step.equals(failed) : why.equals("timeout") && late;
    }

    void completed(Fact.RunCompleted f) {
        claim.expect(to == null && fates.isOver(WELL), f, "Expected every step to be done");
    }

    void failed(Fact.RunFailed f, Instant at) {
        claim.expect(isAllDone(), f, "Expected all to be done that comes before the end");
        boolean says = f.message().contains("not undone: ");
        claim.expect(says || !failedToUndo, f, "Expected to be told what was not undone");
        if (to == null) {
            boolean because = failed != null || isReason(null, f.code(), at);
            claim.expect(because, f, "Expected a step that failed, or a deadline");
        } else {
            String why = to == RunStatus.FAILED ? code : "compensation";
            boolean fits = f.code().equals(why) && (to == RunStatus.FAILED || failedToUndo);
            claim.expect(fits, f, "Expected it to end as " + to + " because of " + why);
        }
    }

    /**
     * The run ends as cancelled.
     *
     * @param atOnce whether somebody asked for an end at once
     * @param gently whether somebody asked for one after all is undone
     */
    void cancelled(Fact.RunCancelled f, boolean atOnce, boolean gently) {
        claim.expect(atOnce || gently, f, "Expected no cancel that nobody asked for");
        if (!atOnce) {
            boolean fits = undo.isEmpty() && !failedToUndo && (to != RunStatus.FAILED);
            claim.expect(fits, f, "Expected all to be undone");
        }
    }

    private boolean isAllDone() {
        if (to == RunStatus.CANCELLED) {
            return undo.isEmpty() && fates.isOver(Set.of());
        }
        boolean last = lastHasRun || Spec.of(state.graph(), Spec.ON_FAILURE) == null;
        return last && undo.isEmpty() && isAlwaysOver();
    }

    private boolean isAlwaysOver() {
        for (String step : Spec.names(state.graph())) {
            boolean open = fates.of(step) == null;
            if (open && (to != null || Spec.isAlways(Spec.of(state.graph(), step)))) {
                return false;
            }
        }
        return true;
    }
}
