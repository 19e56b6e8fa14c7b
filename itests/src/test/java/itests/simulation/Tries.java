package itests.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Payload;

/** The attempts of a run, by the written rules: how often each is made, what it gives, and what follows. */
final class Tries {
    /** Codes of failures after which nothing is tried again. */
    private static final Set<String> PERMANENT =
            Set.of("permanent", "input", "output", "depth", "queue-timeout");

    private final String run;
    private final RunState state;
    private final Shadows others;
    private final Fates.Claim claim;
    private final Steps steps;
    private final Map<String, Piece> pieces = new HashMap<>();
    private final Map<String, Set<Integer>> inFlight = new HashMap<>();
    private final Map<String, Integer> opened = new HashMap<>(); // with how many items
    private Kept kept;
    private boolean migrated;

    /** Is told of the beginnings and ends of steps. */
    interface Steps {
        /** A step does its first thing, or another. */
        void begins(String step, Fact fact);

        /** A step has completed, with what is seen of it. */
        void end(String step, Object value, Fact fact);
    }

    /** The attempts at a step or an item. */
    static final class Piece {
        int attempt;
        int failures;
        int iteration;
        boolean scheduled;
        boolean lost; // an attempt was, of this iteration
        boolean started; // durably, since it was scheduled and lost
        boolean over;
        String permanent; // the code of a failure that no other attempt follows
        Instant until;
        Payload output; // of the last attempt that gave one
        Map<String, Object> error; // of an item
    }

    Tries(String run, RunState state, Shadows others, Fates.Claim claim, Steps steps) {
        this.run = run;
        this.state = state;
        this.others = others;
        this.claim = claim;
        this.steps = steps;
    }

    /** The run goes on where another failed. */
    void keep(Kept other) {
        kept = other;
    }

    /** The run has gone on with another definition, by which there may be fewer attempts. */
    void migrated() {
        migrated = true;
    }

    /** What was in progress was lost, but for steps that wait for who can do their work. */
    void lose(Set<String> waiting) {
        pieces.forEach(
                (key, piece) -> {
                    if (piece.scheduled && waiting.stream().noneMatch(step -> isOf(key, step))) {
                        piece.lost = true;
                        piece.started = false;
                    }
                });
    }

    private void expect(boolean so, Fact fact, String why) {
        claim.expect(so, fact, why);
    }

    private Map<String, Object> spec(String step) {
        return Spec.of(state.graph(), step);
    }

    Piece piece(String step, int item) {
        return pieces.computeIfAbsent(step + "/" + item, k -> new Piece());
    }

    /** Looks at an entry about attempts; false if it is about something else. */
    boolean take(Fact fact) {
        if (fact instanceof Fact.AttemptScheduled f) {
            scheduled(f);
        } else if (fact instanceof Fact.AttemptStarted f) {
            expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
            piece(f.step(), f.item()).started = true;
        } else if (fact instanceof Fact.AttemptCompleted f) {
            gave(f, f.step(), f.item(), f.attempt(), f.taskVersion(), f.output());
            completed(f);
        } else if (fact instanceof Fact.IterationCompleted f) {
            gave(f, f.step(), Fact.NO_ITEM, f.attempt(), f.taskVersion(), f.output());
            iterated(f);
        } else if (fact instanceof Fact.AttemptFailed f) {
            failed(f);
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
            piece(f.step(), f.item()).scheduled = false;
        } else {
            return fansOut(fact);
        }
        return true;
    }

    private boolean fansOut(Fact fact) {
        if (fact instanceof Fact.FanOutOpened f) {
            steps.begins(f.step(), f);
            open(f.step(), f.items(), f);
        } else if (fact instanceof Fact.FanOutKept f) {
            open(f.step(), f.items(), f);
        } else if (fact instanceof Fact.ResultKept f) {
            boolean fits =
                    kept != null
                            && kept.has(f.step(), f.item())
                            && Objects.equals(kept.result(f.step(), f.item()), f.output().value());
            expect(fits, f, "Expected a result of the run that is run again");
            Piece piece = piece(f.step(), f.item());
            piece.over = true;
            piece.output = f.output();
            if (f.item() == Fact.NO_ITEM) {
                steps.end(f.step(), f.output().value(), f);
            }
        } else if (fact instanceof Fact.ItemFailed f) {
            Piece piece = piece(f.step(), f.item());
            expect(isExhausted(f.step(), piece), f, "Expected an item whose attempts are used up");
            piece.over = true;
            piece.error = Fates.error(f.code(), f.message());
            inFlight.get(f.step()).remove(f.item());
            expect(leaves(f.step(), 0), f, "Expected a step that goes on without the item");
        } else if (fact instanceof Fact.FanOutCompleted f) {
            List<Object> outputs = new ArrayList<>();
            for (int item = 0; item < opened.get(f.step()); item++) {
                Piece piece = piece(f.step(), item);
                expect(piece.over, f, "Expected every item to be over");
                outputs.add(piece.error == null ? piece.output.value() : piece.error);
            }
            steps.end(f.step(), outputs, f);
        } else {
            return false;
        }
        return true;
    }

    private void open(String step, Payload items, Fact fact) {
        int count = ((List<?>) items.value()).size();
        expect(opened.put(step, count) == null, fact, "Expected a step that opens once");
    }

    boolean hasFailedItems(String step) {
        return failedItems(step) > 0;
    }

    private int failedItems(String step) {
        int count = 0;
        for (int item = 0; item < opened.getOrDefault(step, 0); item++) {
            count += piece(step, item).error == null ? 0 : 1;
        }
        return count;
    }

    /** Whether its failed items, and some more, leave a step going on. */
    private boolean leaves(String step, int more) {
        int failed = failedItems(step) + more;
        return Spec.leaves(spec(step), failed, opened.getOrDefault(step, 0));
    }

    /** What is in progress of a step counts no more. */
    void drop(String step) {
        piece(step, Fact.NO_ITEM).scheduled = false;
        for (int item = 0; item < opened.getOrDefault(step, 0); item++) {
            piece(step, item).scheduled = false;
        }
        inFlight.remove(step);
    }

    private void scheduled(Fact.AttemptScheduled f) {
        Piece piece = piece(f.step(), f.item());
        expect(!piece.scheduled && !piece.over, f, "Expected no attempt in progress");
        expect(f.attempt() == piece.attempt + 1, f, "Expected attempt " + (piece.attempt + 1));
        steps.begins(f.step(), f);
        int limit = Spec.limit(spec(f.step()));
        expect(piece.iteration < limit, f, "Expected at most " + limit + " iterations");
        expect(
                migrated || !isExhausted(f.step(), piece),
                f,
                "Expected attempts that are not used up");
        boolean again = kept != null && f.item() != Fact.NO_ITEM && kept.has(f.step(), f.item());
        expect(!again, f, "Expected the result of an item to be kept");
        piece.attempt = f.attempt();
        piece.scheduled = true;
        piece.started = false;
        if (f.item() != Fact.NO_ITEM) {
            Set<Integer> items = inFlight.computeIfAbsent(f.step(), k -> new HashSet<>());
            items.add(f.item());
            int most = state.graph().step(f.step()).concurrency();
            expect(items.size() <= most, f, "Expected at most " + most + " items in flight");
        }
    }

    private void completed(Fact.AttemptCompleted f) {
        Piece piece = piece(f.step(), f.item());
        piece.over = true;
        if (f.item() == Fact.NO_ITEM) {
            expect(isEnough(f.step(), f.output()), f, "Expected a step that runs once more");
            steps.end(f.step(), f.output().value(), f);
        } else {
            inFlight.get(f.step()).remove(f.item());
        }
    }

    private void iterated(Fact.IterationCompleted f) {
        Piece piece = piece(f.step(), Fact.NO_ITEM);
        expect(!isEnough(f.step(), f.output()), f, "Expected a step that does not run once more");
        piece.iteration++;
        piece.failures = 0;
        piece.lost = false;
    }

    /** Whether a step with that output need not run again. */
    private boolean isEnough(String step, Payload output) {
        return !(spec(step).get("repeat") instanceof Map<?, ?> repeat)
                || Spec.holds((String) repeat.get("until"), output.value());
    }

    /** An attempt has a result: one that a body gave, or a run. */
    private void gave(
            Fact fact, String step, int item, int attempt, String version, Payload output) {
        expect(isCurrent(step, item, attempt), fact, "Expected the current attempt");
        Piece piece = piece(step, item);
        piece.scheduled = false;
        if (spec(step).containsKey("workflow")) {
            Shadow child = others.child(run, step, item, attempt);
            boolean fits =
                    child != null
                            && child.state().end() == RunStatus.COMPLETED
                            && output.equals(child.state().output());
            expect(fits, fact, "Expected the result of a run that completed with it");
        } else if (version.endsWith("(cached)")) {
            boolean fits = others.bodies().gaveForKey(others.of(run), step, item, output);
            expect(fits, fact, "Expected a result that a body gave for the same key");
        } else {
            boolean fits = others.bodies().gave(run, step, item, attempt, output);
            expect(fits, fact, "Expected a result that a body gave");
        }
        piece.output = output;
    }

    private void failed(Fact.AttemptFailed f) {
        expect(isCurrent(f.step(), f.item(), f.attempt()), f, "Expected the current attempt");
        Piece piece = piece(f.step(), f.item());
        piece.scheduled = false;
        piece.failures++;
        piece.permanent = f.retryable() ? null : f.code();
        if (!spec(f.step()).containsKey("workflow")) { // which has the codes of another run
            expectKnown(f);
        }
    }

    private void expectKnown(Fact.AttemptFailed f) {
        boolean silent = f.code().equals("heartbeat");
        boolean queued = f.code().equals("queue-timeout");
        boolean known =
                (!silent || spec(f.step()).containsKey("heartbeat"))
                        && (!queued || spec(f.step()).containsKey("queueTimeout"));
        expect(known, f, "Expected a failure that the step knows");
        expect(!(queued && f.retryable()), f, "Expected a failure that is not tried again");
        if (silent) {
            others.bodies().expectSilent(others.of(run), f);
        }
    }

    /** Whether the attempts at a step are used up, or at more of its items than it bears. */
    boolean areUsedUp(String step) {
        if (!opened.containsKey(step)) {
            return isExhausted(step, piece(step, Fact.NO_ITEM));
        }
        for (int item = 0; item < opened.get(step); item++) {
            Piece piece = piece(step, item);
            if (!piece.over && isExhausted(step, piece)) {
                return !leaves(step, 1);
            }
        }
        return false;
    }

    private boolean isExhausted(String step, Piece piece) {
        return piece.failures >= others.attempts(state.graph().step(step))
                || (piece.permanent != null && PERMANENT.contains(piece.permanent));
    }

    private boolean isCurrent(String step, int item, int attempt) {
        Piece piece = piece(step, item);
        return piece.scheduled && piece.attempt == attempt;
    }

    boolean isInProgress(String step) {
        return pieces.entrySet().stream()
                .anyMatch(e -> isOf(e.getKey(), step) && e.getValue().scheduled);
    }

    void forget(String step) {
        pieces.keySet().removeIf(key -> isOf(key, step));
        opened.remove(step);
        inFlight.remove(step);
    }

    private static boolean isOf(String piece, String step) {
        return piece.startsWith(step + "/");
    }
}
