package itests.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.engine.core.Cell;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** What tasks do: most give a value that follows from their input, some fail, some never end. Looks at each beginning. */
final class Bodies {
    private final Plan plan;
    private final Loop loop;
    private final Findings findings;
    private final Map<String, Set<Payload>> given = new HashMap<>();
    private Shadows shadows;
    private boolean calm;

    Bodies(Plan plan, Loop loop, Findings findings) {
        this.plan = plan;
        this.loop = loop;
        this.findings = findings;
    }

    void watch(Shadows watched) {
        shadows = watched;
    }

    /** From now on none hangs. */
    void calm() {
        calm = true;
    }

    /** Whether a body of that attempt gave that. */
    boolean gave(String run, String step, int item, int attempt, Payload output) {
        return given.getOrDefault(
                        run + "/" + step + "/0/" + Math.max(0, item) + "/" + attempt, Set.of())
                .contains(output);
    }

    /** A task, as a node offers it. */
    Task task(Life life, SimulatedNode node) {
        return context -> execute(life, node, context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    private Object execute(Life life, SimulatedNode node, TaskContext context) throws Exception {
        begins(node, context);
        if (node.isTraced()) {
            node.trace("body of " + context.idempotencyKey() + " attempt " + context.attempt());
        }
        String key = context.idempotencyKey() + "/" + context.attempt();
        Chance chance = new Chance(plan.seed() * 31 + key.hashCode());
        if (!calm && chance.in(plan.shape().hanging())) {
            return new CompletableFuture<Object>();
        }
        Exception failure = null;
        if (chance.in(plan.shape().failing())) {
            failure =
                    chance.in(15)
                            ? TaskFailure.permanent("permanent", "it never works")
                            : new IllegalStateException("not this time");
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("v", Integer.toString(context.input().toString().hashCode(), 36));
        if (failure == null) {
            given.computeIfAbsent(key, k -> new HashSet<>()).add(Payload.of(Json.write(value)));
        }
        if (chance.in(40)) {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
        return later(life, chance.spread(Loop.MILLI, 6 * Loop.SECOND), value, failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    private Object later(Life life, long delay, Object value, Exception failure) {
        CompletableFuture<Object> later = new CompletableFuture<>();
        loop.after(
                delay,
                life,
                () -> {
                    if (failure == null) {
                        later.complete(value);
                    } else {
                        later.completeExceptionally(failure);
                    }
                });
        return later;
    }

    /** A body begins only after its attempt is durable, and sees what the steps before it have given. */
    private void begins(SimulatedNode node, TaskContext context) {
        Shadow shadow = shadows.of(context.runId());
        findings.expect(
                shadow != null, "body", "Expected a stored run, but found %s", context.runId());
        if (shadow == null) {
            return;
        }
        Flow flow = flow(shadow.state().graph().name());
        boolean fans = flow.steps().get(context.step()).containsKey("forEach");
        String key = context.idempotencyKey();
        int item = fans ? Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)) : Fact.NO_ITEM;
        Rules.Piece piece = shadow.rules().piece(context.step(), item);
        findings.expect(
                context.attempt() <= piece.attempt,
                "body",
                "Expected the attempt %d of %s to be durable before its body begins",
                context.attempt(),
                key);
        if (findings.any()) {
            return;
        }
        Cell cell = shadow.state().step(context.step()).cell(item);
        boolean isCurrent = piece.scheduled && piece.attempt == context.attempt();
        findings.expect(
                !isCurrent || shadow.owner() != node.incarnation() || !cell.needsStart(),
                "body",
                "Expected the start of %s to be durable after a loss",
                key);
        expectInput(flow, shadow, context, item);
    }

    private void expectInput(Flow flow, Shadow shadow, TaskContext context, int item) {
        Map<String, Object> expected = new LinkedHashMap<>();
        for (String name : flow.input(context.step()).keySet()) {
            expected.put(
                    name,
                    name.equals("item")
                            ? items(shadow).get(item)
                            : shadow.state().outputValue(name));
        }
        findings.expect(
                expected.equals(context.input()),
                "input",
                "Expected %s to get %s, but found %s",
                context.idempotencyKey(),
                expected,
                context.input());
    }

    private static List<?> items(Shadow shadow) {
        return (List<?>) shadow.state().inputValue().get("items");
    }

    private Flow flow(String name) {
        return plan.flows().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }
}
