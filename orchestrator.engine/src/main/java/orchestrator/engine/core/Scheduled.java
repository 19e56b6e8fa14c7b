package orchestrator.engine.core;

import java.util.ArrayList;
import java.util.List;

/** Finds the scheduled attempts of a run. */
final class Scheduled {
    private final RunState run;

    Scheduled(RunState run) {
        this.run = run;
    }

    /** The runs that its steps are; those too that cannot begin yet. */
    List<ChildId> children() {
        List<ChildId> all = new ArrayList<>();
        if (run.graph().hasSubWorkflows() && (run.children > 0 || !run.waits.isEmpty())) {
            for (CellId id : find(true)) {
                all.add(new ChildId(id, run.step(id.step()).cell(id.item()).attempt));
            }
        }
        return all;
    }

    /** The pieces of work of tasks whose step does not wait. */
    List<CellId> pending() {
        return find(false);
    }

    private List<CellId> find(boolean ofChildren) {
        List<CellId> found = new ArrayList<>();
        for (StepState step : run.steps()) {
            boolean waits =
                    step.isWaiting() && !ofChildren; // children go on while others cannot begin
            if (waits || step.status.isFinal() || step.step.isSubWorkflow() != ofChildren) {
                continue;
            }
            if (step.cell.stage == Cell.Stage.SCHEDULED) {
                found.add(new CellId(step.step.index(), Fact.NO_ITEM));
            }
            for (int item = 0; item < step.next; item++) {
                if (step.items[item].stage == Cell.Stage.SCHEDULED) {
                    found.add(new CellId(step.step.index(), item));
                }
            }
        }
        return found;
    }
}
