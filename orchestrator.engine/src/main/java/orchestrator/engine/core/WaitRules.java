package orchestrator.engine.core;

import java.time.Instant;
import java.util.List;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Step;
import orchestrator.engine.graph.Wait;

/** How steps that wait begin and end: by time, or by a signal that may come before. */
final class WaitRules {
    private final Course course;

    WaitRules(Course course) {
        this.course = course;
    }

    void begin(StepState step) {
        Wait wait = step.step.waits();
        Instant until;
        try {
            until = wait.endsAt(new RunScope(course.run, null, null, false), course.now);
        } catch (ExpressionException e) {
            course.failStep(step, "expression", e.getMessage());
            return;
        }
        course.record(new Fact.WaitBegan(step.step.name(), wait.signal(), until));
        goOn(step);
    }

    /** Ends a wait whose signal is there or whose time has come; it may have been held meanwhile. */
    void goOn(StepState step) {
        if (course.run.isHeld() || !step.isWaiting()) {
            return;
        }
        Wait wait = step.step.waits();
        if (wait.isForSignal() && course.run.waits.kept(wait.signal()) > 0) {
            course.record(new Fact.SignalTaken(step.step.name()));
            course.stepDone(step);
        } else if (step.waitUntil != null && !step.waitUntil.isAfter(course.now)) {
            endWait(step);
        }
    }

    private void endWait(StepState step) {
        if (!step.step.isWait()) {
            course.failStep(
                    step,
                    Limits.QUEUE_TIMEOUT,
                    "Expected %s '%s' by %s, but nobody has offered it"
                            .formatted(step.waitCode, step.waitSubject, step.waitUntil));
        } else if (step.step.waits().isForSignal()) {
            course.failStep(
                    step,
                    "timeout",
                    "Expected the signal '%s' by %s, but it has not come"
                            .formatted(step.waitSubject, step.waitUntil));
        } else {
            course.record(new Fact.WaitEnded(step.step.name()));
            course.stepDone(step);
        }
    }

    /** Ends the waits and the steps whose time has come, the earliest first. */
    void reachTime() {
        for (Due due = course.run.waits.next();
                due != null && !course.run.isHeld() && !due.at().isAfter(course.now);
                due = course.run.waits.next()) {
            StepState step = course.run.step(due.step());
            if (due.what() == Due.What.WAIT) {
                endWait(step);
            } else {
                course.failStep(
                        step,
                        "timeout",
                        "Expected the step to end by %s, but it was still going on"
                                .formatted(step.deadline));
            }
            course.beginReady();
        }
    }

    /** A signal is taken by the first step that waits for it, or kept for one that will. */
    String signal(Command.Signal c) {
        List<Step> steps = course.run.graph().waitingFor(c.name());
        long open =
                steps.stream()
                        .filter(step -> !course.run.step(step.index()).status.isFinal())
                        .count();
        if (open <= course.run.waits.kept(c.name())) {
            return "Expected a signal that a step waits for or will wait for, but '%s' %s"
                    .formatted(
                            c.name(),
                            steps.isEmpty()
                                    ? "is none of this workflow"
                                    : open == 0
                                            ? "is not waited for any more"
                                            : "is there already for every such step");
        }
        course.record(new Fact.SignalReceived(c.id(), c.name(), c.payload()));
        for (Step step : steps) {
            StepState state = course.run.step(step.index());
            if (state.status == StepStatus.WAITING && course.run.waits.kept(c.name()) > 0) {
                goOn(state);
            }
        }
        return null;
    }
}
