package itests.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What random workflows are made of. A construct adds to the specification of a step, or leaves it; one that is new to
 * the engine is one more of them here, and what must hold for it is one more of {@link Rules}.
 */
final class Constructs {
    static final int TASKS = 3;
    private static final int SIGNALS = 2;

    /** Adds to the specification of a step. */
    @FunctionalInterface
    interface Construct {
        /**
         * Adds to a step, or leaves it.
         *
         * @param before the steps that it comes after
         * @param others the workflows that it may run
         */
        void addTo(Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance);
    }

    private static final List<Construct> ALL =
            List.of(
                    Constructs::work,
                    Constructs::forEach,
                    Constructs::retry,
                    Constructs::timeout,
                    Constructs::stepTimeout);

    private Constructs() {}

    /** A workflow of some steps. */
    static Flow flow(String name, int steps, List<Flow> others, Chance chance) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            List<String> before = some(List.copyOf(all.keySet()), chance);
            Map<String, Object> spec = new LinkedHashMap<>();
            if (!before.isEmpty()) {
                spec.put("after", before);
            }
            Map<String, Object> input = new LinkedHashMap<>();
            before.stream()
                    .filter(step -> !all.get(step).containsKey("wait")) // which gives nothing
                    .forEach(step -> input.put(step, "${" + step + "}"));
            if (!waits(spec, chance)) {
                spec.put("input", input);
                ALL.forEach(construct -> construct.addTo(spec, before, others, chance));
            }
            all.put("s" + i, spec);
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        if (chance.in(10)) {
            rest.put("timeout", chance.between(5, 60) + "s");
        }
        return new Flow(name, rest, all);
    }

    /** None, one or two of what was there before; mostly the newest, so that there are chains. */
    private static List<String> some(List<String> steps, Chance chance) {
        List<String> some = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (chance.in(some.isEmpty() ? 65 : 35)) {
                some.add(steps.get(i));
            }
        }
        return some;
    }

    /** Some steps run nothing: they wait for a time or for a signal, and nothing else goes with that. */
    private static boolean waits(Map<String, Object> spec, Chance chance) {
        if (!chance.in(18)) {
            return false;
        }
        if (chance.in(50)) {
            spec.put("wait", chance.in(30) ? "15s" : chance.between(1, 9_000) + "ms");
        } else {
            Map<String, Object> waitFor = new LinkedHashMap<>();
            waitFor.put("signal", signal(chance.below(SIGNALS)));
            waitFor.put("timeout", chance.between(5, 40) + "s");
            spec.put("waitFor", waitFor);
        }
        return true;
    }

    static String signal(int number) {
        return "go" + number % SIGNALS;
    }

    private static void stepTimeout(
            Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance) {
        if (chance.in(8)) {
            spec.put("stepTimeout", chance.between(5, 30) + "s");
        }
    }

    private static void work(
            Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance) {
        if (!others.isEmpty() && chance.in(25)) {
            spec.put("workflow", chance.of(others).name());
            input(spec).put("items", "${input.items}");
        } else {
            spec.put("task", "t" + chance.below(TASKS));
        }
    }

    private static void forEach(
            Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance) {
        if (!chance.in(25)) {
            return;
        }
        spec.put("forEach", "input.items");
        input(spec).put("item", "${item}");
        if (chance.in(60)) {
            spec.put("concurrency", chance.between(1, 3));
        }
        if (chance.in(50)) {
            spec.put("failedItems", "continue");
        }
    }

    private static void retry(
            Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance) {
        if (!chance.in(50)) {
            return;
        }
        Map<String, Object> retry = new LinkedHashMap<>();
        retry.put("attempts", chance.between(1, 4));
        retry.put(
                "delay",
                chance.in(30) ? chance.between(11, 25) + "s" : chance.between(1, 3000) + "ms");
        if (chance.in(30)) {
            retry.put("backoff", 2);
            retry.put("maxDelay", "20s");
        }
        spec.put("retry", retry);
    }

    private static void timeout(
            Map<String, Object> spec, List<String> before, List<Flow> others, Chance chance) {
        if (chance.in(25)) {
            spec.put("timeout", chance.between(1, 20) + "s");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> input(Map<String, Object> spec) {
        return (Map<String, Object>) spec.get("input");
    }
}
