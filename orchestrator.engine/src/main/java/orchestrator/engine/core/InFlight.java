package orchestrator.engine.core;

import java.time.Instant;
import orchestrator.api.run.StepStatus;

/** Takes in which attempts of a run are scheduled and which are not any more, and keeps the counters of them. */
final class InFlight {
    private final RunState run;

    InFlight(RunState run) {
        this.run = run;
    }

    /** Another attempt is scheduled. */
    void schedule(Fact.AttemptScheduled f, Instant at) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        if (f.item() != Fact.NO_ITEM) {
            if (f.item() >= step.next) {
                step.next = f.item() + 1;
                passDone(step);
                fansOut(step); // if its list was kept it is not opened
            }
            if (cell.attempt == 0) {
                step.inFlight++;
            }
        }
        if (cell.first == null) {
            cell.first = at;
        }
        if (cell.stage != Cell.Stage.SCHEDULED) {
            run.inFlight++;
        }
        cell.stage = Cell.Stage.SCHEDULED;
        cell.attempt = f.attempt();
        cell.pauses = run.hold.pauses();
        cell.started = false;
        cell.repeats = false;
        cell.notBefore = f.notBefore();
        step.attempts++;
        if (!step
                .isWaiting()) { // an item that is handed back does not end what the others wait for
            boolean later = f.notBefore() != null && f.item() == Fact.NO_ITEM && cell.failures > 0;
            StepMoves.move(step, later ? StepStatus.RETRYING : StepStatus.RUNNING);
        }
        count(step, f.item(), 1);
    }

    /** The next item to be scheduled is one that was not kept. */
    static void passDone(StepState step) {
        while (step.next < step.items.length && step.items[step.next].stage == Cell.Stage.DONE) {
            step.next++;
        }
    }

    /** A fan-out of a run with a limit is open. */
    void fansOut(StepState step) {
        if (run.isLimited()) {
            run.fanningOut.add(step.step.index());
        }
    }

    /** The cell has no scheduled attempt any more. */
    void idle(StepState step, int item) {
        Cell cell = step.cell(item);
        if (cell.stage == Cell.Stage.SCHEDULED) {
            count(step, item, -1);
            run.inFlight--;
            cell.stage = Cell.Stage.IDLE;
            cell.notBefore = null;
        }
    }

    private void count(StepState step, int item, int change) {
        Cell cell = step.cell(item);
        if (step.isWaiting() || cell.stage != Cell.Stage.SCHEDULED) {
            return;
        }
        boolean sub = step.step.isSubWorkflow();
        if (sub) {
            run.children += change;
        } else {
            run.scheduled += change;
        }
        if (cell.notBefore != null) {
            Delays delays = sub ? run.childDelays : run.delays;
            CellId id = new CellId(step.step.index(), item);
            if (change > 0) {
                delays.add(cell.notBefore, id);
            } else {
                delays.remove(cell.notBefore, id);
            }
        }
    }

    /** A step begins to wait, or waits no more: with all that it has scheduled it counts no more, or again. */
    void countAll(StepState step, int change) {
        count(step, Fact.NO_ITEM, change);
        for (int i = 0; i < step.next; i++) {
            count(step, i, change);
        }
    }

    /** A step gives up what it has scheduled; its runs are remembered. */
    void drop(StepState step) {
        drop(step, Fact.NO_ITEM);
        for (int i = 0; i < step.next; i++) {
            drop(step, i);
        }
    }

    private void drop(StepState step, int item) {
        Cell cell = step.cell(item);
        if (step.step.isSubWorkflow() && cell.stage == Cell.Stage.SCHEDULED) {
            run.strays.add(new ChildId(new CellId(step.step.index(), item), cell.attempt));
        }
        idle(step, item);
    }
}
