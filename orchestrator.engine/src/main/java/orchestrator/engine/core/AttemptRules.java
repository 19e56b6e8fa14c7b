package orchestrator.engine.core;

import java.time.Duration;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Retry;

/** What follows from what attempts report, be they calls of a task or runs of another workflow. */
final class AttemptRules {
    private final Course course;
    private final Repeats repeats;

    AttemptRules(Course course) {
        this.course = course;
        this.repeats = new Repeats(course);
    }

    void complete(Command.CompleteAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step == null) {
            return;
        } else if (step.step.rules().repeat() != null) {
            repeats.complete(step, c);
            return;
        }
        course.record(
                new Fact.AttemptCompleted(
                        c.step(), c.item(), c.attempt(), c.taskVersion(), c.output()));
        if (c.item() == Fact.NO_ITEM) {
            course.stepDone(step);
        } else {
            course.fill(step);
        }
    }

    void fail(Command.FailAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step == null) {
            return;
        }
        Cell cell = step.cell(c.item());
        Retry retry = course.retry(step);
        boolean again =
                c.retryable() && retry.goesOn(cell.failures + 1, c.code(), cell.first, course.now);
        course.record(
                new Fact.AttemptFailed(
                        c.step(),
                        c.item(),
                        c.attempt(),
                        c.taskVersion(),
                        c.code(),
                        c.message(),
                        again));
        if (again) {
            if (!course.run.isHeld()) {
                course.scheduleNext(step, c.item());
            }
        } else if (c.item() != Fact.NO_ITEM && goesOn(step)) {
            course.record(new Fact.ItemFailed(c.step(), c.item(), c.code(), c.message()));
            course.fill(step);
        } else {
            course.failStep(step, c.code(), tooMany(step) + itemText(c.item()) + c.message());
        }
    }

    private static boolean goesOn(StepState step) {
        return step.step.rules().failedItems().goesOn(step.itemsFailed + 1, step.items.length);
    }

    private static String tooMany(StepState step) {
        return step.items != null && step.itemsFailed > 0
                ? "%,d of %,d items have failed, the last is "
                        .formatted(step.itemsFailed + 1, step.items.length)
                : "";
    }

    static String itemText(int item) {
        return item == Fact.NO_ITEM ? "" : "item " + item + ": ";
    }

    void handBack(Command.HandBackAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step != null) {
            course.record(new Fact.AttemptHandedBack(c.step(), c.item(), c.attempt(), c.why()));
            if (!course.run.isHeld()) {
                course.scheduleNext(step, c.item());
            }
        }
    }

    void start(Command.StartAttempt c) {
        StepState step = current(c.step(), c.item(), c.attempt());
        if (step != null && !course.run.isHeld()) {
            course.record(new Fact.AttemptStarted(c.step(), c.item(), c.attempt()));
        }
    }

    /** The end of a run that a step is, as the result of the attempt. */
    String endChild(Command.EndChild c) {
        if (current(c.step(), c.item(), c.attempt()) == null) {
            return "Expected the end of a run that a step waits for, but found that of %s"
                    .formatted(c.run());
        }
        if (c.status() == RunStatus.COMPLETED) {
            complete(
                    new Command.CompleteAttempt(
                            c.step(), c.item(), c.attempt(), c.version(), c.output()));
        } else {
            fail(
                    new Command.FailAttempt(
                            c.step(),
                            c.item(),
                            c.attempt(),
                            c.version(),
                            c.code(),
                            Limits.error(
                                    "run %s has ended as %s: %s"
                                            .formatted(c.run(), c.status(), c.message())),
                            !c.code().equals(Limits.TOO_DEEP)));
        }
        return null;
    }

    void missTask(String name) {
        if (course.run.graph().step(name) == null) {
            return;
        }
        StepState step = course.run.step(name);
        boolean active = step.status == StepStatus.RUNNING || step.status == StepStatus.RETRYING;
        if (active && !course.run.isHeld()) {
            boolean sub = step.step.isSubWorkflow();
            Duration patience = step.step.timeouts().queue();
            course.record(
                    new Fact.StepWaiting(
                            step.step.name(),
                            sub ? "workflow" : "task",
                            sub ? step.step.workflow() : step.step.task().toString(),
                            patience == null ? null : course.now.plus(patience)));
        }
    }

    /** Steps that wait for that go on. */
    void offer(String code, String subject) {
        for (StepState step : course.run.steps()) {
            if (step.isWaiting()
                    && step.waitCode.equals(code)
                    && step.waitSubject.equals(subject)) {
                course.record(new Fact.StepReady(step.step.name()));
            }
        }
    }

    /** The step of an attempt, or null if the attempt is not the current one: its result is refused. */
    private StepState current(String name, int item, int attempt) {
        if (course.run.graph().step(name) == null) {
            return null; // the run goes on with a definition that has no such step
        }
        StepState step = course.run.step(name);
        boolean exists = item == Fact.NO_ITEM || (step.items != null && item < step.items.length);
        return exists && step.cell(item).isCurrent(attempt) ? step : null;
    }
}
