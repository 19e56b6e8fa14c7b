package itests.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the plan of a failure smaller, as long as it fails in the same way. */
final class Shrinking {
    private static final int MOST_TRIES = 600;
    private static final List<String> PROPERTIES =
            List.of(
                    "forEach",
                    "repeat",
                    "compensate",
                    "when",
                    "join",
                    "onFailure",
                    "retry",
                    "timeout",
                    "concurrency",
                    "failedItems",
                    "stepTimeout",
                    "queueTimeout",
                    "heartbeat",
                    "cache");

    private final String kind;
    private Plan best;
    private int tries;

    private Shrinking(Plan plan, String kind) {
        this.best = plan;
        this.kind = kind;
    }

    /** A smaller plan that fails in that way. */
    static Plan of(Plan plan, String kind) {
        Shrinking shrinking = new Shrinking(plan, kind);
        while (shrinking.round()) {
            // until nothing more can be left out
        }
        return shrinking.best;
    }

    private boolean round() {
        Plan before = best;
        for (int i = best.acts().size() - 1; i >= 0; i--) {
            dropAct(i);
        }
        for (int i = best.flows().size() - 1; i >= 0; i--) {
            dropFlow(i);
        }
        for (int i = 0; i < best.flows().size(); i++) {
            dropSteps(i);
        }
        calmDown();
        return !best.equals(before) && tries < MOST_TRIES;
    }

    private void attempt(Plan smaller) {
        if (tries++ < MOST_TRIES && kind.equals(Simulation.of(smaller).kind())) {
            best = smaller;
        }
    }

    private void dropAct(int index) {
        if (index < best.acts().size()) {
            List<Act> acts = new ArrayList<>(best.acts());
            acts.remove(index);
            attempt(new Plan(best.seed(), best.shape(), best.flows(), acts));
        }
    }

    private void dropFlow(int index) {
        String name = best.flows().get(index).name();
        boolean used =
                best.flows().stream()
                        .flatMap(f -> f.steps().values().stream())
                        .anyMatch(spec -> name.equals(spec.get("workflow")));
        if (used || best.flows().size() == 1) {
            return;
        }
        List<Flow> flows = new ArrayList<>(best.flows());
        flows.remove(index);
        List<Act> acts = new ArrayList<>();
        for (Act act : best.acts()) {
            int what = act.what();
            if (act.kind().isStart() && what == index) {
                continue;
            }
            boolean names = act.kind().isStart() || act.kind() == Act.Kind.UNREGISTER;
            int moved = names && what > index ? what - 1 : what;
            acts.add(new Act(act.at(), act.kind(), act.node(), moved, act.millis()));
        }
        attempt(new Plan(best.seed(), best.shape(), flows, acts));
    }

    private void dropSteps(int index) {
        for (String property : List.copyOf(best.flows().get(index).rest().keySet())) {
            attempt(index, best.flows().get(index).withoutRest(property));
        }
        for (String step : List.copyOf(best.flows().get(index).steps().keySet())) {
            attempt(index, best.flows().get(index).without(step));
        }
        for (Map.Entry<String, Map<String, Object>> step :
                new LinkedHashMap<>(best.flows().get(index).steps()).entrySet()) {
            for (String property : PROPERTIES) {
                if (step.getValue().containsKey(property)) {
                    attempt(index, best.flows().get(index).without(step.getKey(), property));
                }
            }
        }
    }

    private void attempt(int index, Flow flow) {
        if (flow != null) {
            List<Flow> flows = new ArrayList<>(best.flows());
            flows.set(index, flow);
            attempt(new Plan(best.seed(), best.shape(), flows, best.acts()));
        }
    }

    private void calmDown() {
        Shape s = best.shape();
        List<Double> even = s.rates().stream().map(rate -> 1.0).toList();
        List<Shape> calmer =
                List.of(
                        s.with(0, s.slowCalls(), s.failing(), s.hanging(), s.rates()),
                        s.with(s.slowness(), 0, s.failing(), s.hanging(), s.rates()),
                        s.with(s.slowness(), s.slowCalls(), 0, s.hanging(), s.rates()),
                        s.with(s.slowness(), s.slowCalls(), s.failing(), 0, s.rates()),
                        s.with(s.slowness(), s.slowCalls(), s.failing(), s.hanging(), even));
        for (Shape shape : calmer) {
            if (!shape.equals(best.shape())) {
                attempt(new Plan(best.seed(), shape, best.flows(), best.acts()));
            }
        }
    }

    /** Tells of a failure: what is wrong, the smaller story, and how to repeat it. */
    static void tell(long seed, Plan plan, Simulation.Verdict verdict, Consumer<String> out) {
        Plan small = of(plan, verdict.kind());
        out.accept("Seed %d fails (%s): %s".formatted(seed, verdict.kind(), verdict.text()));
        out.accept("A smaller story that fails in the same way:\n" + small.story());
        out.accept("It ends with: " + Simulation.of(small).text());
        out.accept("Again, with all that happens: make simulate RUNS=1 SEED=" + seed);
    }
}
