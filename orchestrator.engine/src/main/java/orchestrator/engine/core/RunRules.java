package orchestrator.engine.core;

import java.time.Duration;

/** What follows from what a run as a whole is told: by its operator, by its node, by time. */
final class RunRules {
    private static final int MAX_STARTED_LOSSES = 3;

    private final Course course;
    private final RunState run;

    RunRules(Course course) {
        this.course = course;
        this.run = course.run;
    }

    void recover(Command.Recover c) {
        course.record(new Fact.RunRecovered(c.node(), c.epoch()));
        for (CellId id : run.pending()) {
            StepState step = run.step(id.step());
            if (step.cell(id.item()).startedLosses >= MAX_STARTED_LOSSES) {
                course.record(
                        new Fact.RunQuarantined(
                                "lost-attempts",
                                "step '%s' %swas in progress each of the %d times that its node was lost"
                                        .formatted(
                                                step.step.name(),
                                                AttemptRules.itemText(id.item()),
                                                MAX_STARTED_LOSSES)));
                return;
            }
        }
        course.advance();
    }

    void reachTime() {
        if (!run.hold.isPaused() && run.deadline != null && !run.deadline.isAfter(course.now)) {
            course.ends()
                    .fail(
                            null,
                            "timeout",
                            "Expected the run to end by %s, but it was still going on%s"
                                    .formatted(run.deadline, triedAgain()));
        }
        course.waits().reachTime();
    }

    /** What went wrong last in the first step that is being tried again. */
    private String triedAgain() {
        for (StepState step : run.steps()) {
            if (!step.status.isFinal() && isTriedAgain(step)) {
                return "; step '%s' was being tried again, its last error: %s"
                        .formatted(step.step.name(), step.error());
            }
        }
        return "";
    }

    private static boolean isTriedAgain(StepState step) {
        if (step.items == null) {
            return isTriedAgain(step.cell);
        }
        for (Cell item : step.items) {
            if (isTriedAgain(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTriedAgain(Cell cell) {
        return cell.stage == Cell.Stage.SCHEDULED && cell.failures > 0;
    }

    String save(Command.SaveState c) {
        long size = run.notes.sizeWith(c.values());
        if (size > Limits.MAX_PAYLOAD) {
            return "Expected values of at most %,d bytes as JSON to be kept with a run, but these would be %,d"
                    .formatted(Limits.MAX_PAYLOAD, size);
        }
        course.record(new Fact.StateSaved(c.values()));
        return null;
    }

    String pause() {
        if (run.hold.isPaused()) {
            return "Expected a run that is not paused, but it is";
        }
        course.record(new Fact.RunPaused());
        return null;
    }

    String resume() {
        if (!run.hold.isOn()) {
            return "Expected a run that is paused or quarantined, but it is not";
        }
        long shift =
                run.hold.isPaused()
                        ? Duration.between(run.hold.pausedAt(), course.now).toMillis()
                        : 0;
        course.record(new Fact.RunResumed(Math.max(0, shift)));
        course.advance();
        return null;
    }

    /** Whoever had to be told of the end has been told. */
    String close() {
        if (!run.isEnded() || run.isClosed()) {
            return "Expected a run that has ended and is not closed, but it is not so";
        }
        course.record(new Fact.RunClosed());
        return null;
    }
}
