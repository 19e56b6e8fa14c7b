package itests.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;

/** Which entry may follow in a journal: told once more, apart from how the engine decides it. */
final class Rules implements Tries.Steps {
    private final String run;
    private final RunState state;
    private final Findings findings;
    private final Shadows others;
    private final Fates fates;
    private final Ends ends;
    private final Tries tries;
    private final Map<String, Deque<Payload>> signals = new HashMap<>(); // received and not taken
    private final Map<String, Instant> missing = new HashMap<>(); // until when it is waited for
    private Kept kept;
    private boolean paused;
    private boolean quarantined;
    private boolean ended;
    private boolean closed;
    private int resumes;
    private int migrations;

    Rules(String run, RunState state, Findings findings, Shadows others) {
        this.run = run;
        this.state = state;
        this.findings = findings;
        this.others = others;
        this.fates = new Fates(state::graph, this::expect);
        this.ends = new Ends(state, fates, this::expect);
        this.tries = new Tries(run, state, others, this::expect, this);
    }

    Tries tries() {
        return tries;
    }

    Fates fates() {
        return fates;
    }

    Ends ends() {
        return ends;
    }

    int resumes() {
        return resumes;
    }

    int migrations() {
        return migrations;
    }

    /** The names of the signals that were taken in. */
    Set<String> signals() {
        return signals.keySet();
    }

    private void expect(boolean so, Fact fact, String why) {
        findings.expect(so, "rule", "Run %s: %s, but found %s", run, why, fact);
    }

    private Map<String, Object> spec(String step) {
        return Spec.of(state.graph(), step);
    }

    private boolean isHeld() {
        return paused || quarantined;
    }

    /** Looks at an entry before it is taken in. */
    void before(Fact fact, Instant at) {
        expect(!closed, fact, "Expected nothing after a run was closed");
        if (fact instanceof Fact.RunClosed) {
            expect(ended, fact, "Expected a run that has ended");
            closed = true;
            return;
        }
        expect(!ended, fact, "Expected nothing but its closing after a run ended");
        expect(
                !(fact instanceof Fact.AttemptStarted) || !isHeld(),
                fact,
                "Expected no start while a run is held");
        if (!tries.take(fact) && !waits(fact, at)) {
            stepOrRun(fact, at);
        }
    }

    @Override
    public void begins(String step, Fact fact) {
        expect(!isHeld(), fact, "Expected nothing to begin while a run is held");
        fates.begins(step, fact);
        if (Spec.isAside(step)) {
            ends.begins(step, fact);
        } else if (kept != null) {
            expect(!kept.has(step, Fact.NO_ITEM), fact, "Expected a result to be kept");
        }
    }

    /** Of steps that wait for a time, for a signal, or for who can do their work. */
    private boolean waits(Fact fact, Instant at) {
        if (fact instanceof Fact.StepTimed f) {
            begins(f.step(), f);
        } else if (fact instanceof Fact.WaitBegan f) {
            Tries.Piece piece = tries.piece(f.step(), Fact.NO_ITEM);
            expect(!piece.scheduled, f, "Expected a wait that begins once");
            begins(f.step(), f);
            piece.scheduled = true;
            piece.until = f.until();
        } else if (fact instanceof Fact.WaitEnded f) {
            Tries.Piece piece = tries.piece(f.step(), Fact.NO_ITEM);
            boolean late = piece.until != null && !piece.until.isAfter(at);
            expect(piece.scheduled && late, f, "Expected a wait whose time has come");
            end(f.step(), null, f);
        } else if (fact instanceof Fact.SignalReceived f) {
            signals.computeIfAbsent(f.name(), k -> new ArrayDeque<>()).add(f.payload());
        } else if (fact instanceof Fact.SignalTaken f) {
            Object name = ((Map<?, ?>) spec(f.step()).get("waitFor")).get("signal");
            Payload first = signals.getOrDefault(name, new ArrayDeque<>()).poll();
            expect(tries.piece(f.step(), Fact.NO_ITEM).scheduled, f, "Expected a step that waits");
            expect(first != null, f, "Expected a signal that is there");
            end(f.step(), first == null ? null : first.value(), f);
        } else if (fact instanceof Fact.StepWaiting f) {
            missing.put(f.step(), f.until() == null ? Instant.MAX : f.until());
        } else if (fact instanceof Fact.StepReady f) {
            missing.remove(f.step());
        } else {
            return false;
        }
        return true;
    }

    @Override
    public void end(String step, Object value, Fact fact) {
        tries.piece(step, Fact.NO_ITEM).scheduled = false;
        fates.ended(step, Fates.Fate.COMPLETED, value, fact);
        if (Spec.isAside(step)) {
            ends.ended(step, true);
        } else {
            ends.completed(step);
        }
    }

    private void stepOrRun(Fact fact, Instant at) {
        if (fact instanceof Fact.RunCreated f) {
            Fact.Origin origin = f.origin();
            kept = origin == null ? null : others.of(origin.run()).kept();
            tries.keep(kept);
        } else if (fact instanceof Fact.StepSkipped f) {
            expect(!isHeld(), f, "Expected nothing to be skipped while a run is held");
            fates.skipped(f);
        } else if (fact instanceof Fact.StepFailed f) {
            stepFailed(f, at);
        } else if (fact instanceof Fact.RunPaused) {
            expect(!paused, fact, "Expected a run that is not paused");
            paused = true;
        } else if (fact instanceof Fact.RunResumed) {
            expect(isHeld(), fact, "Expected a run that is held");
            goOn();
            resumes++;
        } else if (fact instanceof Fact.RunQuarantined f) {
            quarantined = true;
            boolean known = f.code().equals("lost-attempts") || f.code().equals("fruitless-claims");
            expect(known, f, "Expected no quarantine");
        } else if (fact instanceof Fact.RunRecovered) {
            tries.lose(missing.keySet());
        } else if (fact instanceof Fact.RunMigrated f) {
            migrated(f);
        } else {
            end(fact, at);
        }
    }

    private void goOn() {
        paused = false;
        quarantined = false;
    }

    private void end(Fact fact, Instant at) {
        boolean isChild = state.created() != null && state.created().parent() != null;
        boolean gently = isChild || others.isCancelAsked(run, true);
        if (fact instanceof Fact.RunFailing f) {
            ends.failing(f, at);
            fates.giveUp(true).forEach(this::drop);
        } else if (fact instanceof Fact.RunCancelling f) {
            ends.cancelling(f, gently);
            fates.giveUp(false).forEach(this::drop);
            goOn();
        } else if (fact instanceof Fact.RunCompleted f) {
            ends.completed(f);
            ended = true;
        } else if (fact instanceof Fact.RunFailed f) {
            ends.failed(f, at);
            ended = true;
        } else if (fact instanceof Fact.RunCancelled f) {
            ends.cancelled(f, isChild || others.isCancelAsked(run, false), gently);
            ended = true;
        }
    }

    /** Looks at the state after an entry was taken in. */
    void after() {
        Integer most = state.created().concurrency();
        int inFlight = state.pending().size() + state.children().size();
        findings.expect(
                most == null || state.isEnding() || inFlight <= most,
                "rule",
                "Run %s: Expected at most %d attempts in flight, but found %d",
                run,
                most,
                inFlight);
        if (ended && state.isClosed()) {
            closed = true;
        }
    }

    private void drop(String step) {
        tries.drop(step);
        missing.remove(step);
    }

    private void stepFailed(Fact.StepFailed f, Instant at) {
        expect(isFailure(f, at), f, "Expected a step whose attempts are used up");
        ends.stepFailed(f);
        fates.failed(f);
        drop(f.step());
        if (Spec.isAside(f.step())) {
            ends.ended(f.step(), false);
        }
    }

    private boolean isFailure(Fact.StepFailed f, Instant at) {
        Map<String, Object> spec = spec(f.step());
        boolean timed = spec.containsKey("waitFor") || spec.containsKey("stepTimeout");
        boolean missed = !missing.getOrDefault(f.step(), Instant.MAX).isAfter(at);
        if (f.code().equals("timeout") && timed) {
            return true;
        } else if (f.code().equals("queue-timeout") && missed) {
            return true;
        } else if (f.code().equals("limit") && spec.containsKey("repeat")) {
            return tries.piece(f.step(), Fact.NO_ITEM).iteration == Spec.limit(spec);
        }
        return tries.areUsedUp(f.step());
    }

    /** The run goes on with another definition: what has ended stays, what is in progress was taken back. */
    private void migrated(Fact.RunMigrated f) {
        migrations++;
        tries.migrated();
        Graph to = others.graph(f.definition());
        expect(ends.code() == null, f, "Expected a run that goes forward");
        for (String step : Spec.names(state.graph())) {
            Map<String, Object> before = spec(step);
            Map<String, Object> after = Spec.of(to, step);
            if (before.equals(after)) {
                continue;
            }
            expect(fates.of(step) == null, f, "Expected '" + step + "' as it is: it has ended");
            boolean waits = before.containsKey("wait") || before.containsKey("waitFor");
            expect(waits || !tries.isInProgress(step), f, "Expected no attempt at '" + step + "'");
            if (after == null) {
                tries.forget(step);
                fates.forget(step);
                missing.remove(step);
            }
        }
    }
}
