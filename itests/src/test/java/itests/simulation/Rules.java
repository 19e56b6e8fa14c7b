package itests.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Step;

/** Which entry may follow in a journal: told once more, apart from how the engine decides it. */
final class Rules {
    /** Codes of failures after which nothing is tried again. */
    private static final Set<String> PERMANENT = Set.of("permanent", "input", "output", "depth");

    private final String run;
    private final RunState state;
    private final Findings findings;
    private final Shadows others;
    private final Map<String, Piece> pieces = new HashMap<>();
    private final Map<String, Set<Integer>> inFlight = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> opened = new HashSet<>();
    private final Map<String, Integer> signals = new HashMap<>(); // received and not taken
    private String failed;
    private boolean paused;
    private boolean quarantined;
    private boolean ended;
    private boolean closed;
    private int resumes;

    /** The attempts at a step or an item. */
    static final class Piece {
        int attempt;
        int failures;
        boolean scheduled;
        boolean over;
        String permanent; // the code of a failure that no other attempt follows
        Instant until;
    }

    Rules(String run, RunState state, Findings findings, Shadows others) {
        this.run = run;
        this.state = state;
        this.findings = findings;
        this.others = others;
    }

    Piece piece(String step, int item) {
        return pieces.computeIfAbsent(step + "/" + item, k -> new Piece());
    }

    boolean isEnded() {
        return ended;
    }

    int resumes() {
        return resumes;
    }

    private void expect(boolean so, Fact fact, String why) {
        findings.expect(so, "rule", "Run %s: %s, but found %s", run, why, fact);
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
        if (fact instanceof Fact.AttemptScheduled f) {
            scheduled(f);
        } else if (fact instanceof Fact.AttemptStarted f) {
            expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
            expect(!paused && !quarantined, f, "Expected no start while a run is held");
        } else if (fact instanceof Fact.AttemptCompleted f) {
            completed(f);
        } else if (fact instanceof Fact.AttemptFailed f) {
            expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
            Piece piece = piece(f.step(), f.item());
            piece.scheduled = false;
            piece.failures++;
            piece.permanent = f.retryable() ? null : f.code();
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
            piece(f.step(), f.item()).scheduled = false;
        } else if (!waits(fact, at)) {
            stepOrRun(fact, at);
        }
    }

    /** Of steps that wait for a time or for a signal. */
    private boolean waits(Fact fact, Instant at) {
        if (fact instanceof Fact.WaitBegan f) {
            Piece piece = piece(f.step(), Fact.NO_ITEM);
            expect(!paused && !quarantined, f, "Expected no beginning while a run is held");
            expect(!piece.scheduled && !piece.over, f, "Expected a wait that begins once");
            expectReady(f.step(), f);
            piece.scheduled = true;
            piece.until = f.until();
        } else if (fact instanceof Fact.WaitEnded f) {
            Piece piece = piece(f.step(), Fact.NO_ITEM);
            boolean late = piece.until != null && !piece.until.isAfter(at);
            expect(piece.scheduled && late, f, "Expected a wait whose time has come");
            endWait(piece, f.step(), f);
        } else if (fact instanceof Fact.SignalReceived f) {
            signals.merge(f.name(), 1, Integer::sum);
        } else if (fact instanceof Fact.SignalTaken f) {
            Piece piece = piece(f.step(), Fact.NO_ITEM);
            String name = state.step(f.step()).waitSubject();
            int left = signals.merge(name, -1, Integer::sum);
            expect(piece.scheduled, f, "Expected a step that waits");
            expect(left >= 0, f, "Expected a signal that is there");
            endWait(piece, f.step(), f);
        } else {
            return false;
        }
        return true;
    }

    private void endWait(Piece piece, String step, Fact fact) {
        piece.scheduled = false;
        piece.over = true;
        expect(done.add(step), fact, "Expected one end of a step");
    }

    /** The names of the signals that were taken in. */
    Set<String> signals() {
        return signals.keySet();
    }

    private void stepOrRun(Fact fact, Instant at) {
        if (fact instanceof Fact.FanOutOpened f) {
            expectReady(f.step(), f);
            expect(opened.add(f.step()), f, "Expected a step that opens once");
        } else if (fact instanceof Fact.ItemFailed f) {
            Piece piece = piece(f.step(), f.item());
            expectExhausted(f.step(), piece, f);
            piece.over = true;
            inFlight.get(f.step()).remove(f.item());
        } else if (fact instanceof Fact.FanOutCompleted f) {
            int items = state.step(f.step()).itemCount();
            for (int item = 0; item < items; item++) {
                expect(piece(f.step(), item).over, f, "Expected every item to be over");
            }
            expect(done.add(f.step()), f, "Expected one end of a step");
        } else if (fact instanceof Fact.StepFailed f) {
            stepFailed(f);
        } else if (fact instanceof Fact.RunPaused) {
            expect(!paused, fact, "Expected a run that is not paused");
            paused = true;
        } else if (fact instanceof Fact.RunResumed) {
            expect(paused || quarantined, fact, "Expected a run that is held");
            paused = false;
            quarantined = false;
            resumes++;
        } else if (fact instanceof Fact.RunQuarantined f) {
            quarantined = true;
            boolean known = f.code().equals("lost-attempts") || f.code().equals("fruitless-claims");
            expect(known, f, "Expected no quarantine");
        } else {
            end(fact, at);
        }
    }

    private void end(Fact fact, Instant at) {
        if (fact instanceof Fact.RunCompleted) {
            for (Step step : state.graph().steps()) {
                expect(done.contains(step.name()), fact, "Expected every step to be done");
            }
            ended = true;
        } else if (fact instanceof Fact.RunFailed f) {
            boolean late =
                    f.code().equals("timeout")
                            && state.deadline() != null
                            && !state.deadline().isAfter(at);
            expect(failed != null || late, f, "Expected a step that failed, or a deadline");
            ended = true;
        } else if (fact instanceof Fact.RunCancelled) {
            boolean asked = others.isCancelAsked(run) || state.created().parent() != null;
            expect(asked, fact, "Expected no cancel that nobody asked for");
            ended = true;
        }
    }

    /** Looks at the state after an entry was taken in. */
    void after(Fact fact) {
        if (ended && state.isClosed()) {
            closed = true;
        }
    }

    private void scheduled(Fact.AttemptScheduled f) {
        Piece piece = piece(f.step(), f.item());
        expect(!paused && !quarantined, f, "Expected no new attempt while a run is held");
        expect(!piece.scheduled && !piece.over, f, "Expected no attempt in progress");
        expect(f.attempt() == piece.attempt + 1, f, "Expected attempt " + (piece.attempt + 1));
        expectReady(f.step(), f);
        piece.attempt = f.attempt();
        piece.scheduled = true;
        if (f.item() != Fact.NO_ITEM) {
            Set<Integer> items = inFlight.computeIfAbsent(f.step(), k -> new HashSet<>());
            items.add(f.item());
            int most = state.graph().step(f.step()).concurrency();
            expect(items.size() <= most, f, "Expected at most " + most + " items in flight");
        }
    }

    private void expectReady(String name, Fact fact) {
        for (int before : state.graph().step(name).after()) {
            String other = state.graph().steps().get(before).name();
            expect(done.contains(other), fact, "Expected step " + other + " to be done before");
        }
    }

    private void completed(Fact.AttemptCompleted f) {
        expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
        Piece piece = piece(f.step(), f.item());
        piece.scheduled = false;
        piece.over = true;
        if (f.item() == Fact.NO_ITEM) {
            expect(done.add(f.step()), f, "Expected one result of a step");
        } else {
            inFlight.get(f.step()).remove(f.item());
        }
        if (state.graph().step(f.step()).isSubWorkflow()) {
            Shadow child = others.child(run, f.step(), f.item(), f.attempt());
            boolean fits =
                    child != null
                            && child.state().end() == RunStatus.COMPLETED
                            && f.output().equals(child.state().output());
            expect(fits, f, "Expected the result of a run that completed with it");
        } else {
            expect(
                    others.bodies().gave(run, f.step(), f.item(), f.attempt(), f.output()),
                    f,
                    "Expected a result that a body gave");
        }
    }

    private void stepFailed(Fact.StepFailed f) {
        failed = f.step();
        Step step = state.graph().step(f.step());
        boolean timed = step.isWait() || step.timeouts().step() != null;
        if (f.code().equals("expression") || (f.code().equals("timeout") && timed)) {
            return;
        }
        boolean exhausted =
                pieces.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(f.step() + "/"))
                        .anyMatch(e -> isExhausted(f.step(), e.getValue()));
        expect(exhausted, f, "Expected a step whose attempts are used up");
    }

    private void expectExhausted(String step, Piece piece, Fact fact) {
        expect(isExhausted(step, piece), fact, "Expected an item whose attempts are used up");
    }

    private boolean isExhausted(String step, Piece piece) {
        return piece.failures >= others.attempts(state.graph().step(step))
                || (piece.permanent != null && PERMANENT.contains(piece.permanent));
    }

    private boolean isCurrent(String step, int item, int attempt) {
        Piece piece = piece(step, item);
        return piece.scheduled && piece.attempt == attempt;
    }
}
