package itests.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Graph;

/** What has become of the steps of a run, and by the written rule of joins and conditions who may begin or is skipped. */
final class Fates {
    /** What has become of a step that has ended. */
    enum Fate {
        COMPLETED,
        SKIPPED,
        FAILED,
        /** It failed, and its run goes on. */
        GONE_ON,
        /** Its run is about to end. */
        GIVEN_UP
    }

    private final Supplier<Graph> graph;
    private final Claim claim;
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<String, Object> seen = new HashMap<>();
    private final Map<String, Set<String>> begun = new HashMap<>(); // with what had ended then

    /** Says that something must be so, and why an entry is wrong if it is not. */
    @FunctionalInterface
    interface Claim {
        void expect(boolean so, Fact fact, String why);
    }

    Fates(Supplier<Graph> graph, Claim claim) {
        this.graph = graph;
        this.claim = claim;
    }

    Fate of(String step) {
        return fates.get(step);
    }

    /** What is seen of a step. */
    Object seen(String step) {
        return seen.get(step);
    }

    /** What the expressions of a step see of another: nothing if it had not ended when the step began. */
    Object seenBy(String step, String other) {
        return begun.getOrDefault(step, Set.of()).contains(other) ? seen.get(other) : null;
    }

    private Map<String, Object> spec(String step) {
        return Spec.of(graph.get(), step);
    }

    /** A step has an end, with what is seen of it. */
    void ended(String step, Fate fate, Object value, Fact fact) {
        claim.expect(fates.put(step, fate) == null, fact, "Expected one end of a step");
        seen.put(step, value);
    }

    /** A step failed; what is seen of it says so. */
    void failed(Fact.StepFailed f) {
        Fate fate = f.goesOn() ? Fate.GONE_ON : Fate.FAILED;
        ended(f.step(), fate, error(f.code(), f.message()), f);
    }

    static Map<String, Object> error(String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        return Map.of("error", error);
    }

    /** The run is to end; gives those that are given up. */
    List<String> giveUp(boolean always) {
        Set<String> gone = new HashSet<>();
        for (String step : Spec.names(graph.get())) {
            boolean goesOn = always && Spec.isAlways(spec(step));
            if (!fates.containsKey(step) && !goesOn) {
                fates.put(step, Fate.GIVEN_UP);
                gone.add(step);
            }
        }
        return List.copyOf(gone);
    }

    /** A step does its first thing, or another. */
    void begins(String step, Fact fact) {
        claim.expect(!fates.containsKey(step), fact, "Expected a step that has not ended");
        if (begun.putIfAbsent(step, Set.copyOf(fates.keySet())) == null && !Spec.isAside(step)) {
            claim.expect(isOpen(step), fact, "Expected a step that its join lets begin");
            claim.expect(isWanted(step), fact, "Expected a step whose condition holds");
        }
    }

    void skipped(Fact.StepSkipped f) {
        claim.expect(!begun.containsKey(f.step()), f, "Expected a step that has not begun");
        boolean byCondition = f.why().equals(Fact.StepSkipped.BY_CONDITION);
        boolean fits = byCondition ? isOpen(f.step()) && !isWanted(f.step()) : isNever(f.step());
        claim.expect(fits, f, "Expected a step that is to be skipped so");
        ended(f.step(), Fate.SKIPPED, null, f);
    }

    private boolean isWanted(String step) {
        Object when = spec(step).get("when");
        return !(when instanceof String condition)
                || Spec.holds(condition, seen.get(Spec.subject(condition)));
    }

    private boolean isOpen(String step) {
        Map<String, Object> spec = spec(step);
        int some = Spec.some(spec);
        if (some > 0) {
            return done(spec) >= some;
        }
        boolean none = Spec.after(spec).isEmpty() || Spec.isAlways(spec);
        return open(spec) == 0 && (none || done(spec) > 0);
    }

    private boolean isNever(String step) {
        Map<String, Object> spec = spec(step);
        if (Spec.isAlways(spec) || Spec.after(spec).isEmpty()) {
            return false;
        }
        int some = Spec.some(spec);
        return some > 0 ? done(spec) + open(spec) < some : open(spec) == 0 && done(spec) == 0;
    }

    private int open(Map<String, Object> spec) {
        int open = 0;
        for (String other : Spec.after(spec)) {
            open += fates.containsKey(other) ? 0 : 1;
        }
        return open;
    }

    private int done(Map<String, Object> spec) {
        int done = 0;
        for (String other : Spec.after(spec)) {
            Fate fate = fates.get(other);
            done += fate == Fate.COMPLETED || fate == Fate.GONE_ON ? 1 : 0;
        }
        return done;
    }

    /** Whether every step has ended, in one of these ways if there are any. */
    boolean isOver(Set<Fate> ways) {
        for (String step : Spec.names(graph.get())) {
            Fate fate = fates.get(step);
            if (fate == null || !(ways.isEmpty() || ways.contains(fate))) {
                return false;
            }
        }
        return true;
    }

    /** The run goes on without that step. */
    void forget(String step) {
        begun.remove(step);
    }
}
