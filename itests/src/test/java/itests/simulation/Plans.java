package itests.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** Random plans: each seed has one. */
final class Plans {
    private static final List<Act.Kind> FAULTS =
            List.copyOf(EnumSet.range(Act.Kind.CRASH, Act.Kind.CALL_UNANSWERED));

    private static final List<Act.Kind> COMMANDS =
            List.of(
                    Act.Kind.PAUSE,
                    Act.Kind.PAUSE,
                    Act.Kind.RESUME,
                    Act.Kind.RESUME,
                    Act.Kind.CANCEL,
                    Act.Kind.RERUN,
                    Act.Kind.RERUN,
                    Act.Kind.MIGRATE,
                    Act.Kind.MIGRATE);

    private static final int HORIZON = 30_000;

    private final Chance chance;

    private Plans(long seed) {
        this.chance = new Chance(seed);
    }

    /** The plan of a seed. */
    static Plan of(long seed) {
        return new Plans(seed).make(seed);
    }

    /** A small workflow, started once on one node, and nothing that goes wrong. */
    static Plan quiet(long seed) {
        Plans plans = new Plans(seed);
        List<Flow> flows = plans.flows();
        Shape shape =
                new Shape(
                        2,
                        1,
                        4_000,
                        50,
                        100,
                        0,
                        0,
                        0,
                        plans.chance.below(30),
                        0,
                        List.of(1.0, 1.0));
        return new Plan(
                seed, shape, flows, List.of(new Act(0, Act.Kind.START, 0, flows.size() - 1, 0)));
    }

    private Plan make(long seed) {
        List<Flow> flows = flows();
        Shape shape = shape();
        List<Act> acts = new ArrayList<>();
        int starts = chance.between(1, 4);
        boolean together = chance.in(40);
        Act first = act(chance.below(HORIZON / 2), Act.Kind.START, shape, 0);
        for (int i = 0; i < starts; i++) {
            Act.Kind kind = chance.in(25) ? Act.Kind.START_KEYED : Act.Kind.START;
            Act start = act(chance.below(HORIZON / 2), kind, shape, chance.below(flows.size()));
            acts.add(
                    together
                            ? new Act(first.at() + i, kind, first.node(), start.what(), 0)
                            : start);
        }
        int commands = chance.in(50) ? 0 : chance.between(1, 5);
        for (int i = 0; i < commands; i++) {
            Act.Kind kind = chance.of(COMMANDS);
            Act any = act(chance.below(HORIZON), kind, shape, chance.below(starts));
            Act command = new Act(any.at(), kind, any.node(), any.what(), chance.below(6));
            acts.add(command);
            if (kind == Act.Kind.PAUSE && chance.in(50)) { // and soon after that
                long at = command.at() + chance.spread(1, 10_000);
                Act.Kind resume = Act.Kind.RESUME;
                acts.add(new Act(at, resume, chance.below(shape.nodes()), command.what(), 0));
            }
        }
        if (chance.in(10)) {
            acts.addAll(burst(acts.get(chance.below(starts)), chance.below(starts)));
        }
        boolean waits =
                flows.stream()
                        .flatMap(flow -> flow.steps().values().stream())
                        .anyMatch(spec -> spec.containsKey("waitFor"));
        for (int i = waits ? chance.between(1, 5) : 0; i > 0; i--) {
            int at = chance.below(HORIZON);
            Act signal = act(at, Act.Kind.SIGNAL, shape, chance.below(starts));
            acts.add(new Act(at, signal.kind(), signal.node(), signal.what(), chance.below(100)));
        }
        int faults = chance.in(15) ? 0 : chance.between(1, 6);
        for (int i = 0; i < faults; i++) {
            Act fault = fault(shape, flows.size());
            if (chance.in(50) && !fault.kind().isOnCall()) {
                fault = near(acts.get(chance.below(starts)), fault);
            }
            acts.add(fault);
            if (chance.in(50) && !fault.kind().isOnCall()) {
                acts.add(inTheMiddleOf(fault));
            }
        }
        acts.sort(Comparator.comparing((Act a) -> a.kind().isOnCall()).thenComparing(Act::at));
        return new Plan(seed, shape, flows, acts);
    }

    /** Many commands to one run, one after the other, so that some of them wait whatever happens to it. */
    private List<Act> burst(Act start, int run) {
        List<Act> acts = new ArrayList<>();
        long at = start.at() + chance.spread(1, 5_000);
        long gap = chance.spread(1, 50);
        int node = start.node();
        for (int i = chance.between(5, 40); i > 0; i--) {
            Act.Kind kind = chance.in(90) ? Act.Kind.PAUSE : chance.of(COMMANDS);
            acts.add(new Act(at, kind, node, run, chance.below(6)));
            acts.add(new Act(at + gap, Act.Kind.RESUME, node, run, 0));
            at += 2 * gap;
        }
        return acts;
    }

    private List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        int count = chance.between(1, 3);
        for (int i = 0; i < count; i++) {
            int steps = chance.in(20) ? chance.between(5, 8) : chance.between(1, 4);
            flows.add(Constructs.flow("w" + i, steps, List.copyOf(flows), chance));
        }
        return flows;
    }

    private Shape shape() {
        int nodes = 3;
        List<Double> rates = new ArrayList<>();
        boolean skewed = chance.in(30);
        for (int i = 0; i < nodes; i++) {
            rates.add(skewed ? 0.8 + chance.fraction() * 0.4 : 1.0);
        }
        return new Shape(
                nodes,
                chance.between(1, 2),
                chance.between(2_000, 10_000),
                chance.in(25) ? chance.between(1, 2) : 50,
                chance.in(25) ? chance.between(1, 2) : 100,
                chance.in(50) ? 0 : chance.between(5, 100),
                chance.in(50) ? 0 : chance.between(5, 60),
                chance.in(40) ? 0 : chance.between(1, 60),
                chance.in(40) ? 0 : chance.between(5, 40),
                chance.in(80) ? 0 : chance.between(3, 15),
                rates);
    }

    private Act act(int at, Act.Kind kind, Shape shape, int what) {
        return new Act(at, kind, chance.below(shape.nodes()), what, 0);
    }

    /** The same fault where a run was started shortly before. */
    private Act near(Act start, Act fault) {
        long at = start.at() + chance.spread(1, 5_000);
        return new Act(at, fault.kind(), start.node(), fault.what(), fault.millis());
    }

    /** One more fault of the same node while it is in trouble already. */
    private Act inTheMiddleOf(Act fault) {
        List<Act.Kind> kinds =
                List.of(
                        Act.Kind.FENCE,
                        Act.Kind.FENCE,
                        Act.Kind.MUTE,
                        Act.Kind.CUT,
                        Act.Kind.FREEZE,
                        Act.Kind.CRASH,
                        Act.Kind.DETACH);
        long at = fault.at() + chance.below((int) Math.min(fault.millis() / 2, 3_000) + 1);
        return new Act(at, chance.of(kinds), fault.node(), 0, chance.spread(20, HORIZON / 2));
    }

    private Act fault(Shape shape, int flows) {
        Act.Kind kind =
                chance.in(25)
                        ? chance.of(List.of(Act.Kind.UNDEPLOY, Act.Kind.MUTE))
                        : chance.of(FAULTS);
        long at = kind.isOnCall() ? chance.spread(1, 60) : chance.below(HORIZON);
        int what =
                kind == Act.Kind.ECHO
                        ? chance.below(20)
                        : chance.below(kind == Act.Kind.UNREGISTER ? flows : Constructs.TASKS);
        long millis = chance.spread(kind == Act.Kind.MUTE ? 1_500 : 20, HORIZON / 2);
        return new Act(at, kind, chance.below(shape.nodes()), what, millis);
    }
}
