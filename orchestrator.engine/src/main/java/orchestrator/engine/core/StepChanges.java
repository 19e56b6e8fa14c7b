package orchestrator.engine.core;

import java.time.Instant;
import java.util.List;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.StepRules;

/** Takes facts about steps and their attempts into a run's state, and keeps the run's counters. */
final class StepChanges {
    private final RunState run;

    StepChanges(RunState run) {
        this.run = run;
    }

    /** Takes a fact in; false if it is none about a step. */
    boolean apply(Fact fact, Instant at) {
        if (fact instanceof Fact.AttemptScheduled f) {
            scheduled(f, at);
        } else if (fact instanceof Fact.AttemptCompleted f) {
            completed(f, at);
        } else if (fact instanceof Fact.IterationCompleted f) {
            iterated(f);
        } else if (fact instanceof Fact.AttemptFailed f) {
            failed(f);
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            idle(run.step(f.step()), f.item());
        } else if (fact instanceof Fact.AttemptStarted f) {
            run.step(f.step()).cell(f.item()).started = true;
        } else if (fact instanceof Fact.StepWaiting f) {
            waiting(f, at);
        } else if (fact instanceof Fact.StepTimed f) {
            StepState step = run.step(f.step());
            run.waits.removeDeadline(step);
            step.deadline = f.deadline();
            run.waits.addDeadline(step);
        } else if (fact instanceof Fact.WaitBegan f) {
            waitBegan(f, at);
        } else if (fact instanceof Fact.WaitEnded f) {
            waitEnded(run.step(f.step()), Payload.NULL, at);
        } else if (fact instanceof Fact.SignalTaken f) {
            StepState step = run.step(f.step());
            waitEnded(step, run.waits.take(step.waitSubject).payload(), at);
        } else if (fact instanceof Fact.SignalReceived f) {
            run.waits.keep(f);
        } else if (fact instanceof Fact.StepReady f) {
            ready(run.step(f.step()));
        } else if (fact instanceof Fact.StepSkipped f) {
            StepState step = run.step(f.step());
            step.skipped = f.why();
            end(step, StepStatus.SKIPPED, at);
        } else if (fact instanceof Fact.FanOutOpened f) {
            opened(f, at);
        } else if (fact instanceof Fact.ItemFailed f) {
            itemFailed(f);
        } else if (fact instanceof Fact.FanOutKept f) {
            open(run.step(f.step()), f.items());
        } else if (fact instanceof Fact.ResultKept f) {
            kept(f, at);
        } else if (fact instanceof Fact.FanOutCompleted f) {
            StepState step = run.step(f.step());
            step.output = Payload.NULL;
            end(step, StepStatus.COMPLETED, at);
        } else if (fact instanceof Fact.StepFailed f) {
            StepState step = run.step(f.step());
            step.errorCode = f.code();
            step.errorMessage = f.message();
            step.failure = FanOutList.error(f.code(), f.message());
            step.goneOn = f.goesOn();
            drop(step);
            end(step, StepStatus.FAILED, at);
        } else {
            return false;
        }
        return true;
    }

    /** The run has ended, and with it what its steps had not come to. */
    void cancel(StepState step, Instant at) {
        drop(step);
        boolean unused = step.step.isAside() && step.status == StepStatus.PENDING;
        StepMoves.move(step, unused ? StepStatus.SKIPPED : StepStatus.CANCELLED);
        step.ended = at;
    }

    /** The run is to end: what a step has not come to is given up. */
    void giveUp(StepState step, Instant at) {
        drop(step);
        end(step, StepStatus.CANCELLED, at);
    }

    private void scheduled(Fact.AttemptScheduled f, Instant at) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        if (f.item() != Fact.NO_ITEM) {
            if (f.item() >= step.next) {
                step.next = f.item() + 1;
                passDone(step);
            }
            if (cell.attempt == 0) {
                step.inFlight++;
            }
        }
        if (cell.first == null) {
            cell.first = at;
        }
        cell.stage = Cell.Stage.SCHEDULED;
        cell.attempt = f.attempt();
        cell.pauses = run.pauses;
        cell.started = false;
        cell.repeats = false;
        cell.notBefore = f.notBefore();
        step.attempts++;
        if (!step
                .isWaiting()) { // an item that is handed back does not end what the others wait for
            boolean later = f.notBefore() != null && f.item() == Fact.NO_ITEM && cell.failures > 0;
            StepMoves.move(step, later ? StepStatus.RETRYING : StepStatus.RUNNING);
        }
        started(step, at);
        count(step, f.item(), 1);
    }

    private void started(StepState step, Instant at) {
        if (step.started == null) {
            step.started = at;
            step.begunAfter = run.endedSteps;
        }
        if (run.startedAt == null) {
            run.startedAt = at;
        }
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

    private void kept(Fact.ResultKept f, Instant at) {
        StepState step = run.step(f.step());
        Cell cell = step.cell(f.item());
        cell.stage = Cell.Stage.DONE;
        cell.output = f.output();
        if (f.item() == Fact.NO_ITEM) {
            step.output = f.output();
            end(step, StepStatus.COMPLETED, at);
        } else {
            step.itemsCompleted++;
            run.doneWork++;
            passDone(step);
        }
    }

    /** The next item to be scheduled is one that was not kept. */
    private static void passDone(StepState step) {
        while (step.next < step.items.length && step.items[step.next].stage == Cell.Stage.DONE) {
            step.next++;
        }
    }

    private void iterated(Fact.IterationCompleted f) {
        StepState step = run.step(f.step());
        Cell cell = step.cell;
        idle(step, Fact.NO_ITEM);
        cell.iteration++;
        cell.repeats = true;
        cell.first = null;
        cell.failures = 0;
        cell.losses = 0;
        cell.startedLosses = 0;
        step.last = f.output();
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
        waits(step, f.code(), f.subject(), f.until(), at);
    }

    private void waits(StepState step, String code, String subject, Instant until, Instant since) {
        StepMoves.move(step, StepStatus.WAITING);
        step.waitCode = code;
        step.waitSubject = subject;
        step.waitSince = since;
        step.waitUntil = until;
        run.waits.add(step);
    }

    private void waitBegan(Fact.WaitBegan f, Instant at) {
        StepState step = run.step(f.step());
        started(step, at);
        if (f.signal() == null) {
            waits(step, StepState.TIMER, f.step(), f.until(), at);
        } else {
            waits(step, StepState.SIGNAL, f.signal(), f.until(), at);
        }
    }

    private void waitEnded(StepState step, Payload output, Instant at) {
        if (!step.step.isWait() || !step.isWaiting()) {
            throw new UnknownEntryException(
                    "Expected step '%s' to wait, but it is %s"
                            .formatted(step.step.name(), step.status));
        }
        step.output = output;
        end(step, StepStatus.COMPLETED, at);
    }

    private void ready(StepState step) {
        run.waits.remove(step);
        step.waitCode = null;
        step.waitSubject = null;
        step.waitSince = null;
        step.waitUntil = null;
        StepMoves.move(step, StepStatus.RUNNING);
        countAll(step, 1);
    }

    private void opened(Fact.FanOutOpened f, Instant at) {
        StepState step = run.step(f.step());
        open(step, f.items());
        StepMoves.move(step, StepStatus.RUNNING);
        started(step, at);
    }

    @SuppressWarnings("unchecked")
    private void open(StepState step, Payload items) {
        step.itemValues = (List<Object>) items.value();
        step.items = new Cell[step.itemValues.size()];
        for (int i = 0; i < step.items.length; i++) {
            step.items[i] = new Cell();
        }
        run.knownWork += step.items.length;
    }

    /** The cell has no scheduled attempt any more. */
    private void idle(StepState step, int item) {
        Cell cell = step.cell(item);
        if (cell.stage == Cell.Stage.SCHEDULED) {
            count(step, item, -1);
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

    private void countAll(StepState step, int change) {
        count(step, Fact.NO_ITEM, change);
        for (int i = 0; i < step.next; i++) {
            count(step, i, change);
        }
    }

    /** A step that ends gives up what it has scheduled and what it waits for; its runs are remembered. */
    private void drop(StepState step) {
        run.waits.removeDeadline(step);
        if (step.isWaiting()) {
            ready(step);
        }
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

    private void end(StepState step, StepStatus status, Instant at) {
        if (step.isWaiting()) {
            ready(step);
        }
        run.waits.removeDeadline(step);
        StepMoves.move(step, status);
        step.ended = at;
        step.endedAs = ++run.endedSteps;
        if (step.step.isAside()) {
            undone(step);
            return;
        } else if (status == StepStatus.COMPLETED
                && step.step.rules().compensation() != StepRules.NONE_THERE) {
            run.undo.add(step.step.index());
        }
        run.openSteps--;
        run.doneWork++;
        boolean done = status == StepStatus.COMPLETED || step.goneOn;
        for (int next : step.step.before()) {
            StepState after = run.step(next);
            after.open--;
            if (done) {
                after.done++;
            }
            queue(after);
        }
    }

    /** A step beside the graph has ended; if it was to undo another, the one before that is next. */
    private void undone(StepState aside) {
        int place = aside.step.rules().compensates();
        if (place == StepRules.NONE_THERE) {
            return;
        }
        run.undo.remove(run.undo.size() - 1);
        StepState of = run.step(place);
        if (aside.status == StepStatus.COMPLETED) {
            StepMoves.move(of, StepStatus.COMPENSATED);
        } else {
            run.notUndone.add("'%s' (%s)".formatted(of.step.name(), aside.error()));
        }
    }

    /** A step that need not wait any more is the next to begin, or to be skipped, after those before it. */
    void queue(StepState step) {
        if (!step.queued && !step.step.isAside() && Joins.of(step) != Joins.Gate.CLOSED) {
            step.queued = true;
            run.ready.add(step.step.index());
        }
    }
}
