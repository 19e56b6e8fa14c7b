package orchestrator.engine.core;

import orchestrator.engine.graph.Graph;

/** What follows when a run is told to go on with another definition. */
final class MigrationRules {
    private static final String WHY = "the run goes on with another definition";

    private final Course course;
    private final RunState run;

    MigrationRules(Course course) {
        this.course = course;
        this.run = course.run;
    }

    String migrate(Command.Migrate c) {
        Graph to = c.graph();
        Migrating migrating = new Migrating(run, to);
        if (!migrating.refusals().isEmpty()) {
            return String.join("\n", migrating.refusals());
        }
        migrating.restarted().forEach(this::handBack);
        run.prepare(to);
        course.record(new Fact.RunMigrated(to.version(), to.document().hash(), migrating.input()));
        course.advance();
        return null;
    }

    /** Its attempts are made again, as the other definition says. */
    private void handBack(StepState step) {
        if (step.isWaiting()) {
            course.record(new Fact.StepReady(step.step.name()));
        }
        handBack(step, Fact.NO_ITEM);
        for (int item = 0; item < step.next; item++) {
            handBack(step, item);
        }
    }

    private void handBack(StepState step, int item) {
        Cell cell = step.cell(item);
        if (cell.stage == Cell.Stage.SCHEDULED) {
            course.record(new Fact.AttemptHandedBack(step.step.name(), item, cell.attempt, WHY));
        }
    }
}
