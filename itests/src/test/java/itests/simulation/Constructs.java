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
         * @param name the step's
         * @param others the workflows that it may run
         */
        void addTo(Map<String, Object> spec, String name, List<Flow> others, Chance chance);
    }

    private static final List<Construct> ALL =
            List.of(
                    Constructs::work,
                    Constructs::forEach,
                    Constructs::retry,
                    Constructs::timeout,
                    Constructs::stepTimeout,
                    Constructs::repeat,
                    Constructs::queueTimeout,
                    Constructs::heartbeat,
                    Constructs::cache);

    private Constructs() {}

    /** A workflow of some steps. */
    static Flow flow(String workflow, int steps, List<Flow> others, Chance chance) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            String name = "s" + i;
            List<String> before = some(List.copyOf(all.keySet()), chance);
            Map<String, Object> spec = new LinkedHashMap<>();
            if (!before.isEmpty()) {
                spec.put("after", before);
            }
            Map<String, Object> input = new LinkedHashMap<>();
            before.stream()
                    .filter(step -> !all.get(step).containsKey("wait")) // which gives nothing
                    .forEach(step -> input.put(step, "${" + step + "}"));
            join(spec, before, chance);
            when(spec, before.stream().filter(step -> isPlain(all.get(step))).toList(), chance);
            boolean waits = waits(spec, chance);
            if (!waits) {
                spec.put("input", input);
                ALL.forEach(construct -> construct.addTo(spec, name, others, chance));
            }
            failure(spec, waits ? List.of() : others, chance);
            all.put(name, spec);
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        if (chance.in(10)) {
            rest.put("timeout", chance.between(5, 60) + "s");
        }
        if (chance.in(15)) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("why", "${run.error.code}");
            String step = chance.of(List.copyOf(all.keySet()));
            input.put(step, "${" + step + "}");
            rest.put("onFailure", Map.of("task", task(chance), "input", input));
        }
        return new Flow(workflow, rest, all);
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

    private static String task(Chance chance) {
        return "t" + chance.below(TASKS);
    }

    /** Whether a step's output is that of one task. */
    private static boolean isPlain(Map<String, Object> spec) {
        return spec.containsKey("task") && !spec.containsKey("forEach");
    }

    private static void join(Map<String, Object> spec, List<String> before, Chance chance) {
        if (before.isEmpty() || !chance.in(before.size() > 1 ? 50 : 12)) {
            return;
        }
        spec.put(
                "join",
                chance.of(List.of("any", chance.between(1, before.size()), "all_done", "all")));
    }

    private static void when(Map<String, Object> spec, List<String> plain, Chance chance) {
        if (!plain.isEmpty() && chance.in(25)) {
            spec.put(
                    "when", chance.of(plain) + "?.even " + (chance.in(50) ? "==" : "!=") + " true");
        }
    }

    /** What its failure means, and what undoes it. */
    private static void failure(Map<String, Object> spec, List<Flow> others, Chance chance) {
        if (chance.in(12)) {
            spec.put("onFailure", "continue");
        }
        if (!chance.in(20)) {
            return;
        }
        Map<String, Object> undo = new LinkedHashMap<>();
        if (!others.isEmpty() && chance.in(20)) {
            undo.put("workflow", chance.of(others).name());
            undo.put("input", Map.of("items", "${input.items}"));
        } else {
            undo.put("task", task(chance));
            if (chance.in(40)) {
                undo.put("input", Map.of("why", "${run.error.code}"));
            }
        }
        spec.put("compensate", undo);
    }

    private static void repeat(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (!isPlain(spec) || !chance.in(15)) {
            return;
        }
        Map<String, Object> repeat = new LinkedHashMap<>();
        repeat.put("until", name + "?.even " + (chance.in(70) ? "==" : "!=") + " true");
        repeat.put("limit", chance.between(1, 5));
        if (chance.in(60)) {
            repeat.put("delay", chance.spread(1, 12_000) + "ms");
        }
        spec.put("repeat", repeat);
        if (chance.in(50)) {
            input(spec).put("cursor", "${" + name + "?.v}");
        }
    }

    private static void queueTimeout(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (chance.in(8)) {
            spec.put("queueTimeout", chance.spread(50, 15_000) + "ms");
        }
    }

    private static void heartbeat(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (spec.containsKey("task") && chance.in(8)) {
            spec.put("heartbeat", chance.between(500, 5_000) + "ms");
        }
    }

    private static void cache(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (spec.containsKey("task") && chance.in(8)) {
            Map<String, Object> cache = new LinkedHashMap<>();
            cache.put("ttl", chance.between(1, 30) + "s");
            if (chance.in(50)) {
                cache.put("key", "input.items");
            }
            spec.put("cache", cache);
        }
    }

    private static void stepTimeout(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (chance.in(8)) {
            spec.put("stepTimeout", chance.between(5, 30) + "s");
        }
    }

    private static void work(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (!others.isEmpty() && chance.in(25)) {
            spec.put("workflow", chance.of(others).name());
            input(spec).put("items", "${input.items}");
        } else {
            spec.put("task", "t" + chance.below(TASKS));
        }
    }

    private static void forEach(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (!chance.in(25)) {
            return;
        }
        spec.put("forEach", "input.items");
        input(spec).put("item", "${item}");
        if (chance.in(60)) {
            spec.put("concurrency", chance.between(1, 3));
        }
        if (chance.in(60)) {
            List<Object> rules =
                    List.of(
                            "continue",
                            Map.of("atMost", chance.between(0, 2)),
                            Map.of("atMost", chance.between(20, 70) + "%"));
            spec.put("failedItems", chance.in(50) ? "continue" : chance.of(rules));
        }
    }

    private static void retry(
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
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
            Map<String, Object> spec, String name, List<Flow> others, Chance chance) {
        if (chance.in(25)) {
            spec.put("timeout", chance.between(1, 20) + "s");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> input(Map<String, Object> spec) {
        return (Map<String, Object>) spec.get("input");
    }
}
