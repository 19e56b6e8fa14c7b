package orchestrator.engine.core;

import java.time.Instant;
import java.util.List;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.StepRules;

/** Takes facts about steps and their attempts into a run's state, and keeps the run's counters. */
final class StepChanges {
    private final RunState run;
    private final InFlight inFlight;

    StepChanges(RunState run) {
        this.run = run;
        this.inFlight = new InFlight(run);
    }

    /** Takes a fact in; false if it is none about a step. */
    boolean apply(Fact fact, Instant at) {
        if (fact instanceof Fact.AttemptScheduled f) {
            inFlight.schedule(f, at);
            started(run.step(f.step()), at);
        } else if (fact instanceof Fact.AttemptCompleted f) {
            completed(f, at);
        } else if (fact instanceof Fact.IterationCompleted f) {
            iterated(f);
        } else if (fact instanceof Fact.AttemptFailed f) {
            failed(f);
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            inFlight.idle(run.step(f.step()), f.item());
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
        inFlight.idle(step, f.item());
        cell.stage = Cell.Stage.DONE;
        cell.output = f.output();
        if (f.item() == Fact.NO_ITEM) {
            step.output = f.output();
            end(step, StepStatus.COMPLETED, at);
        } else {
            step.itemsCompleted++;
            step.inFlight--;
            run.work.finish(1);
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
            run.work.finish(1);
            InFlight.passDone(step);
        }
    }

    private void iterated(Fact.IterationCompleted f) {
        StepState step = run.step(f.step());
        Cell cell = step.cell;
        inFlight.idle(step, Fact.NO_ITEM);
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
        inFlight.idle(step, f.item());
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
        run.work.finish(1);
    }

    private void waiting(Fact.StepWaiting f, Instant at) {
        StepState step = run.step(f.step());
        inFlight.countAll(step, -1);
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
        inFlight.countAll(step, 1);
    }

    private void opened(Fact.FanOutOpened f, Instant at) {
        StepState step = run.step(f.step());
        open(step, f.items());
        StepMoves.move(step, StepStatus.RUNNING);
        inFlight.fansOut(step);
        started(step, at);
    }

    @SuppressWarnings("unchecked")
    private void open(StepState step, Payload items) {
        step.itemValues = (List<Object>) items.value();
        step.items = new Cell[step.itemValues.size()];
        for (int i = 0; i < step.items.length; i++) {
            step.items[i] = new Cell();
        }
        run.work.know(step.items.length);
    }

    /** A step that ends gives up what it has scheduled and what it waits for; its runs are remembered. */
    private void drop(StepState step) {
        run.waits.removeDeadline(step);
        if (step.isWaiting()) {
            ready(step);
        }
        inFlight.drop(step);
    }

    private void end(StepState step, StepStatus status, Instant at) {
        if (step.isWaiting()) {
            ready(step);
        }
        run.waits.removeDeadline(step);
        StepMoves.move(step, status);
        step.ended = at;
        run.fanningOut.remove(step.step.index());
        step.endedAs = ++run.endedSteps;
        if (step.step.isAside()) {
            undone(step);
            return;
        } else if (status == StepStatus.COMPLETED
                && step.step.rules().compensation() != StepRules.NONE_THERE) {
            run.undo.add(step.step.index());
        }
        run.openSteps--;
        boolean done = status == StepStatus.COMPLETED || step.goneOn;
        run.work.finish(done || status == StepStatus.SKIPPED ? 1 : 0);
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
