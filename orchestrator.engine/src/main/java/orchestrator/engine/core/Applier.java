package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;

/** Takes facts into a run's state: no decision, no expression, no default, O(1) for each. */
final class Applier {
    private final RunState run;

    Applier(RunState run) {
        this.run = run;
    }

    void apply(Fact fact, Instant at) {
        if (fact instanceof Fact.RunCreated == (run.created != null) || run.end != null) {
            throw new UnknownEntryException(
                    "Expected a run that is created, goes on, and ends once, but found %s after %s"
                            .formatted(
                                    FactCodec.type(fact),
                                    run.end == null ? "other entries" : run.end));
        }
        if (fact instanceof Fact.AttemptScheduled f) {
            scheduled(f, at);
        } else if (fact instanceof Fact.AttemptCompleted f) {
            completed(f, at);
        } else if (fact instanceof Fact.AttemptFailed f) {
            failed(f);
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            idle(run.step(f.step()), f.item());
        } else if (fact instanceof Fact.AttemptStarted f) {
            run.step(f.step()).cell(f.item()).started = true;
        } else if (fact instanceof Fact.StepWaiting f) {
            waiting(f, at);
        } else if (fact instanceof Fact.StepReady f) {
            ready(run.step(f.step()));
        } else if (fact instanceof Fact.FanOutOpened f) {
            opened(f, at);
        } else if (fact instanceof Fact.ItemFailed f) {
            itemFailed(f);
        } else if (fact instanceof Fact.FanOutCompleted f) {
            StepState step = run.step(f.step());
            step.output = Payload.NULL;
            end(step, StepStatus.COMPLETED, at);
        } else if (fact instanceof Fact.StepFailed f) {
            StepState step = run.step(f.step());
            step.errorCode = f.code();
            step.errorMessage = f.message();
            drop(step);
            end(step, StepStatus.FAILED, at);
        } else {
            applyToRun(fact, at);
        }
    }

    private void applyToRun(Fact fact, Instant at) {
        if (fact instanceof Fact.RunCreated f) {
            run.created = f;
            run.createdAt = at;
            run.deadline = f.deadline();
        } else if (fact instanceof Fact.RunPaused) {
            run.paused = true;
            run.pausedAt = at;
        } else if (fact instanceof Fact.RunResumed f) {
            resumed(Duration.ofMillis(f.shiftMillis()));
        } else if (fact instanceof Fact.RunRecovered) {
            recovered();
        } else if (fact instanceof Fact.RunQuarantined f) {
            run.quarantine = f.code() + ": " + f.message();
            run.quarantinedAt = at;
        } else if (fact instanceof Fact.RunCompleted) {
            endRun(RunStatus.COMPLETED, null, at);
        } else if (fact instanceof Fact.RunFailed f) {
            endRun(RunStatus.FAILED, f.code() + ": " + f.message(), at);
        } else if (fact instanceof Fact.RunCancelled f) {
            endRun(RunStatus.CANCELLED, f.reason().isEmpty() ? null : f.reason(), at);
        } else if (!(fact instanceof Fact.CommandRefused)) {
            throw new UnknownEntryException("Expected a known fact, but found " + fact);
        }
    }

    private void scheduled(Fact.AttemptScheduled f, Instant at) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        if (f.item() != Fact.NO_ITEM) {
            if (f.item() >= step.next) {
                step.next = f.item() + 1;
            }
            if (cell.attempt == 0) {
                step.inFlight++;
            }
        }
        cell.stage = Cell.Stage.SCHEDULED;
        cell.attempt = f.attempt();
        cell.started = false;
        cell.notBefore = f.notBefore();
        step.attempts++;
        if (!step
                .isWaiting()) { // an item that is handed back does not end what the others wait for
            boolean later = f.notBefore() != null && f.item() == Fact.NO_ITEM;
            StepMoves.move(step, later ? StepStatus.RETRYING : StepStatus.RUNNING);
        }
        if (step.started == null) {
            step.started = at;
        }
        if (run.startedAt == null) {
            run.startedAt = at;
        }
        count(step, cell, 1);
    }

    private void completed(Fact.AttemptCompleted f, Instant at) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        idle(step, f.item());
        cell.stage = Cell.Stage.DONE;
        cell.output = f.output();
        if (f.item() == Fact.NO_ITEM) {
            step.output = f.output();
            end(step, StepStatus.COMPLETED, at);
        } else {
            step.itemsCompleted++;
            step.inFlight--;
            run.doneWork++;
        }
    }

    private void failed(Fact.AttemptFailed f) {
        StepState step = run.step(f.step());
        idle(step, f.item());
        step.cell(f.item()).failures++;
        step.errorCode = f.code();
        step.errorMessage = f.message();
    }

    private void itemFailed(Fact.ItemFailed f) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        cell.stage = Cell.Stage.FAILED;
        cell.errorCode = f.code();
        cell.errorMessage = f.message();
        step.itemsFailed++;
        step.inFlight--;
        run.doneWork++;
    }

    private void waiting(Fact.StepWaiting f, Instant at) {
        StepState step = run.step(f.step());
        countAll(step, -1);
        step.waitCode = f.code();
        step.waitSubject = f.subject();
        step.waitSince = at;
        StepMoves.move(step, StepStatus.WAITING);
        run.waitingSteps++;
    }

    private void ready(StepState step) {
        step.waitCode = null;
        step.waitSubject = null;
        step.waitSince = null;
        StepMoves.move(step, StepStatus.RUNNING);
        run.waitingSteps--;
        countAll(step, 1);
    }

    @SuppressWarnings("unchecked")
    private void opened(Fact.FanOutOpened f, Instant at) {
        StepState step = run.step(f.step());
        step.itemValues = (List<Object>) f.items().value();
        step.items = new Cell[step.itemValues.size()];
        for (int i = 0; i < step.items.length; i++) {
            step.items[i] = new Cell();
        }
        StepMoves.move(step, StepStatus.RUNNING);
        step.started = at;
        if (run.startedAt == null) {
            run.startedAt = at;
        }
        run.knownWork += step.items.length;
    }

    private void resumed(Duration shift) {
        run.quarantine = null;
        run.quarantinedAt = null;
        run.paused = false;
        run.pausedAt = null;
        if (run.deadline != null) {
            run.deadline = run.deadline.plus(shift);
        }
        for (StepState step : run.steps()) {
            step.cell.startedLosses = 0;
            shift(step.cell, shift);
            for (int i = 0; i < step.next; i++) {
                step.items[i].startedLosses = 0;
                shift(step.items[i], shift);
            }
        }
    }

    private static void shift(Cell cell, Duration shift) {
        if (cell.notBefore != null) {
            cell.notBefore = cell.notBefore.plus(shift);
        }
    }

    /** The loss of an attempt that may still have awaited a slot does not count; that of a started one does. */
    private void recovered() {
        for (CellId id : run.pending()) {
            Cell cell = run.step(id.step()).cell(id.item());
            cell.losses++;
            if (cell.started) {
                cell.startedLosses++;
                cell.started = false;
            }
        }
    }

    /** The cell has no scheduled attempt any more. */
    private void idle(StepState step, int item) {
        Cell cell = step.cell(item);
        if (cell.stage == Cell.Stage.SCHEDULED) {
            count(step, cell, -1);
            cell.stage = Cell.Stage.IDLE;
            cell.notBefore = null;
        }
    }

    private void count(StepState step, Cell cell, int change) {
        if (!step.isWaiting() && cell.stage == Cell.Stage.SCHEDULED) {
            run.scheduled += change;
            if (cell.notBefore != null) {
                run.delayed += change;
            }
        }
    }

    private void countAll(StepState step, int change) {
        count(step, step.cell, change);
        for (int i = 0; i < step.next; i++) {
            count(step, step.items[i], change);
        }
    }

    /** A step that ends gives up what it has scheduled and what it waits for. */
    private void drop(StepState step) {
        if (step.isWaiting()) {
            ready(step);
        }
        idle(step, Fact.NO_ITEM);
        for (int i = 0; i < step.next; i++) {
            idle(step, i);
        }
    }

    private void end(StepState step, StepStatus status, Instant at) {
        if (step.isWaiting()) {
            ready(step);
        }
        StepMoves.move(step, status);
        step.ended = at;
        run.openSteps--;
        run.doneWork++;
        if (status == StepStatus.COMPLETED) {
            for (int next : step.step.before()) {
                run.step(next).open--;
            }
        }
    }

    private void endRun(RunStatus status, String error, Instant at) {
        for (StepState step : run.steps()) {
            if (!step.status.isFinal()) {
                drop(step);
                StepMoves.move(step, StepStatus.CANCELLED);
                step.ended = at;
            }
        }
        run.end = status;
        run.error = error;
        run.endedAt = at;
        run.paused = false;
        run.quarantine = null;
    }
}
