package orchestrator.engine.core;

import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Repeat;
import orchestrator.engine.graph.Scope;

/** What follows from the results of steps that repeat. */
final class Repeats {
    private final Course course;

    Repeats(Course course) {
        this.course = course;
    }

    void complete(StepState step, Command.CompleteAttempt c) {
        Repeat repeat = step.step.rules().repeat();
        String wrong = null;
        try {
            if (isOver(step, c.output())) {
                course.record(
                        new Fact.AttemptCompleted(
                                c.step(), c.item(), c.attempt(), c.taskVersion(), c.output()));
                course.stepDone(step);
                return;
            }
        } catch (ExpressionException e) {
            wrong = e.getMessage();
        }
        course.record(
                new Fact.IterationCompleted(c.step(), c.attempt(), c.taskVersion(), c.output()));
        if (wrong != null) {
            course.failStep(step, "expression", wrong);
        } else if (step.cell.iteration >= repeat.limit()) {
            course.failStep(
                    step,
                    "limit",
                    "Expected 'until' to give true within %,d iterations, but it did not"
                            .formatted(repeat.limit()));
        } else if (!course.run.isHeld()) {
            course.scheduleNext(step, Fact.NO_ITEM);
        }
    }

    private boolean isOver(StepState step, Payload output) {
        Scope before = new RunScope(course.run, null, null, false);
        Scope scope = new WithOutput(before, step.step.name(), output);
        return Skipping.isTrue("until", step.step.rules().repeat().until().evaluate(scope));
    }

    /** A scope in which a step has an output that is not recorded yet. */
    private record WithOutput(Scope others, String name, Payload output) implements Scope {
        @Override
        public boolean has(String wanted) {
            return wanted.equals(name) || others.has(wanted);
        }

        @Override
        public Object get(String wanted) {
            if (!wanted.equals(name)) {
                return others.get(wanted);
            }
            return output == null ? null : output.value();
        }
    }
}
