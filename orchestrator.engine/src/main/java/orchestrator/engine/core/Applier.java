package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import orchestrator.api.run.RunStatus;

/** Takes facts into a run's state: no decision, no expression, no default, O(1) for each. */
final class Applier {
    private final RunState run;
    private final StepChanges steps;

    Applier(RunState run) {
        this.run = run;
        this.steps = new StepChanges(run);
    }

    void apply(Fact fact, Instant at) {
        boolean fits =
                fact instanceof Fact.RunClosed
                        ? run.end != null && !run.closed
                        : fact instanceof Fact.RunCreated == (run.terms == null) && run.end == null;
        if (!fits) {
            throw new UnknownEntryException(
                    "Expected a run that is created, goes on, and ends once, but found %s after %s"
                            .formatted(
                                    FactCodec.type(fact),
                                    run.end == null ? "other entries" : run.end()));
        }
        run.newsAt = at;
        if (!steps.apply(fact, at)) {
            applyToRun(fact, at);
        }
        run.trimReady();
    }

    private void applyToRun(Fact fact, Instant at) {
        if (fact instanceof Fact.RunCreated f) {
            run.terms = new Terms(f, null);
            run.createdAt = at;
            run.deadline = f.deadline();
            for (StepState step : run.steps()) {
                steps.queue(step);
            }
        } else if (fact instanceof Fact.RunFailing f) {
            run.ending = new Ending(RunStatus.FAILED, f.step(), f.code(), f.message(), at);
            giveUp(true, at);
        } else if (fact instanceof Fact.RunCancelling f) {
            run.ending = new Ending(RunStatus.CANCELLED, null, "cancelled", f.reason(), at);
            run.hold.end(); // to be undone it has to go on
            giveUp(false, at);
        } else if (fact instanceof Fact.RunPaused) {
            run.hold.pause(at);
        } else if (fact instanceof Fact.RunResumed f) {
            resumed(Duration.ofMillis(f.shiftMillis()));
        } else if (fact instanceof Fact.RunRecovered) {
            recovered();
        } else if (fact instanceof Fact.RunQuarantined f) {
            run.hold.quarantine(f.code() + ": " + f.message(), at);
        } else if (fact instanceof Fact.StateSaved f) {
            run.notes.save(f.values());
        } else if (fact instanceof Fact.ProgressNoted f) {
            run.notes.progress(f.percent(), f.message());
        } else if (fact instanceof Fact.RunMigrated f) {
            new MigrationChanges(run).apply(f, run.prepared(f.definition()));
            for (StepState step : run.steps()) {
                steps.queue(step);
            }
        } else if (fact instanceof Fact.RunCompleted f) {
            run.output = f.output();
            endRun(RunStatus.COMPLETED, null, null, at);
        } else if (fact instanceof Fact.RunFailed f) {
            endRun(RunStatus.FAILED, f.code(), f.message(), at);
        } else if (fact instanceof Fact.RunCancelled f) {
            endRun(RunStatus.CANCELLED, "cancelled", f.reason(), at);
        } else if (fact instanceof Fact.RunClosed) {
            run.closed = true;
        } else if (!(fact instanceof Fact.CommandRefused)) {
            throw new UnknownEntryException("Expected a known fact, but found " + fact);
        }
    }

    /** Only what runs whatever has happened is left, if that; it has all the time that it needs. */
    private void giveUp(boolean always, Instant at) {
        run.deadline = null;
        for (StepState step : run.steps()) {
            boolean goesOn = step.step.isAside() || (always && step.step.isAlways());
            if (!step.status.isFinal() && !goesOn) {
                steps.giveUp(step, at);
            }
        }
    }

    private void resumed(Duration shift) {
        run.hold.end();
        if (run.deadline != null) {
            run.deadline = run.deadline.plus(shift);
        }
        run.waits.shift(shift, run);
        Iterable<Delays.Delay> delays = run.delays.clear();
        Iterable<Delays.Delay> ofChildren = run.childDelays.clear();
        for (StepState step : run.steps()) {
            step.cell.startedLosses = 0;
            shift(step.cell, shift);
            for (int i = 0; i < step.next; i++) {
                step.items[i].startedLosses = 0;
                shift(step.items[i], shift);
            }
        }
        delays.forEach(delay -> run.delays.add(delay.at().plus(shift), delay.cell()));
        ofChildren.forEach(delay -> run.childDelays.add(delay.at().plus(shift), delay.cell()));
    }

    private static void shift(Cell cell, Duration shift) {
        if (cell.first != null) {
            cell.first = cell.first.plus(shift);
        }
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

    /** A run that others must be told of stays open until they have been. */
    private void endRun(RunStatus status, String code, String message, Instant at) {
        for (StepState step : run.steps()) {
            if (!step.status.isFinal()) {
                steps.cancel(step, at);
            }
        }
        run.end = new End(status, code, message, at);
        run.hold.end();
        run.closed = run.created().parent() == null && run.strays.isEmpty();
    }
}
