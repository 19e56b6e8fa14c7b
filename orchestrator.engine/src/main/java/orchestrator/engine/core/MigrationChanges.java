package orchestrator.engine.core;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Step;

/** Takes another definition into a run's state: steps keep where they stand, by name. */
final class MigrationChanges {
    private final RunState run;

    MigrationChanges(RunState run) {
        this.run = run;
    }

    void apply(Fact.RunMigrated f, Graph to) {
        StepState[] before = run.steps();
        StepState[] after = new StepState[to.steps().size()];
        for (Step step : to.steps()) {
            Step known = run.graph().step(step.name());
            if (known == null) {
                after[step.index()] = new StepState(step);
                run.openSteps += step.isAside() ? 0 : 1;
                run.work.know(step.isAside() ? 0 : 1);
            } else {
                after[step.index()] = before[known.index()];
            }
        }
        forgetWaits(before);
        for (StepState step : before) {
            if (to.step(step.step.name()) == null) {
                remove(step);
            }
        }
        List<ChildId> strays = new ArrayList<>();
        for (ChildId stray : run.strays) {
            strays.add(new ChildId(moved(stray.cell(), before, to), stray.attempt()));
        }
        run.strays.clear();
        run.strays.addAll(strays);
        move(run.delays, before, to);
        move(run.childDelays, before, to);
        for (int i = 0; i < after.length; i++) {
            after[i].step = to.steps().get(i);
        }
        run.fanningOut.clear();
        for (StepState step : after) {
            count(step, after);
            boolean begun = step.status != StepStatus.PENDING && !step.status.isFinal();
            if (run.isLimited() && step.items != null && begun) {
                run.fanningOut.add(step.step.index());
            }
            if (step.isWaiting()) {
                run.waits.add(step);
            }
            if (step.deadline != null && !step.status.isFinal()) {
                run.waits.addDeadline(step);
            }
        }
        List<Integer> undo = new ArrayList<>();
        for (int place : run.undo) {
            undo.add(to.step(before[place].step.name()).index());
        }
        run.undo.clear();
        run.undo.addAll(undo);
        run.ready.clear();
        run.migrated(to, after, f);
    }

    /** Nothing that is kept by its place has its step taken away. */
    private static CellId moved(CellId cell, StepState[] before, Graph to) {
        return new CellId(to.step(before[cell.step()].step.name()).index(), cell.item());
    }

    private static void move(Delays delays, StepState[] before, Graph to) {
        for (Delays.Delay delay : delays.clear()) {
            delays.add(delay.at(), moved(delay.cell(), before, to));
        }
    }

    /** What steps wait for is kept by their places, which change. */
    private void forgetWaits(StepState[] steps) {
        for (StepState step : steps) {
            if (step.isWaiting()) {
                run.waits.remove(step);
            }
            if (!step.status.isFinal()) {
                run.waits.removeDeadline(step);
            }
        }
    }

    /** It has no scheduled attempt, and waits for nothing. */
    private void remove(StepState step) {
        if (step.step.isAside()) {
            return;
        }
        run.openSteps--;
        run.work.know(-1);
        if (step.items != null) {
            run.work.know(-step.items.length);
            run.work.finish(-(step.itemsCompleted + step.itemsFailed));
        }
    }

    /** What has become of those that it comes after. */
    private static void count(StepState step, StepState[] all) {
        step.open = 0;
        step.done = 0;
        step.queued = step.status != StepStatus.PENDING;
        for (int before : step.step.after()) {
            StepState other = all[before];
            if (!other.status.isFinal()) {
                step.open++;
            } else if (other.status == StepStatus.COMPLETED || other.goneOn) {
                step.done++;
            }
        }
    }
}
