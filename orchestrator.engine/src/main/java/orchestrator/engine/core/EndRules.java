package orchestrator.engine.core;

import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;

/** How a run ends that does not complete: what it has to do before, one after the other. */
final class EndRules {
    private final Course course;
    private final RunState run;

    EndRules(Course course) {
        this.course = course;
        this.run = course.run;
    }

    /**
     * The run is to fail. What fails while it does changes nothing about that.
     *
     * @param step the step that failed, or null
     */
    void fail(String step, String code, String message) {
        if (run.ending != null) {
            return;
        }
        String text = Limits.error(message);
        if (hasMoreToDo()) {
            course.record(new Fact.RunFailing(step, code, text));
            course.endIfDone();
        } else {
            course.record(new Fact.RunFailed(code, text));
        }
    }

    private boolean hasMoreToDo() {
        if (run.graph().onFailure() != null || !run.undo.isEmpty()) {
            return true;
        }
        if (run.graph().hasAlways()) {
            for (StepState step : run.steps()) {
                if (step.step.isAlways() && !step.status.isFinal()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Every step of the graph has ended: what lies beside it follows, and then the end. */
    void goOn() {
        if (run.isHeld()) {
            return;
        }
        StepState aside = next();
        if (aside == null) {
            end();
        } else if (aside.status == StepStatus.PENDING) {
            course.record(new Fact.AttemptScheduled(aside.step.name(), Fact.NO_ITEM, 1, null));
        }
    }

    /** What is to be done next: completed steps are undone, the last first; then comes what the workflow names. */
    private StepState next() {
        StepState compensation = run.nextCompensation();
        if (compensation != null) {
            return compensation;
        } else if (run.graph().onFailure() == null || run.ending.to() != RunStatus.FAILED) {
            return null;
        }
        StepState last = run.step(run.graph().onFailure().index());
        return last.status.isFinal() ? null : last;
    }

    private void end() {
        Ending ending = run.ending;
        if (run.notUndone.isEmpty()) {
            course.record(
                    ending.to() == RunStatus.FAILED
                            ? new Fact.RunFailed(ending.code(), ending.message())
                            : new Fact.RunCancelled(ending.message()));
            return;
        }
        boolean failed = ending.to() == RunStatus.FAILED;
        String what = failed || ending.message().isEmpty() ? "" : ": " + ending.message();
        course.record(
                new Fact.RunFailed(
                        failed ? ending.code() : "compensation",
                        Limits.error(
                                "%s; not undone: %s"
                                        .formatted(
                                                failed ? ending.message() : "cancelled" + what,
                                                String.join(", ", run.notUndone)))));
    }

    /** An operator ends the run, at once or when what it has done is undone. */
    String cancel(Command.Cancel c) {
        if (!c.compensate()) {
            course.record(new Fact.RunCancelled(c.reason()));
        } else if (run.ending != null) {
            return "Expected a run that goes forward, but it is about to end as " + run.ending.to();
        } else if (run.undo.isEmpty() && run.children().isEmpty() && run.strays.isEmpty()) {
            course.record(new Fact.RunCancelled(c.reason()));
        } else { // what its children have done is undone, too, also of those that it has given up
            course.record(new Fact.RunCancelling(c.reason()));
            course.endIfDone();
        }
        return null;
    }
}
