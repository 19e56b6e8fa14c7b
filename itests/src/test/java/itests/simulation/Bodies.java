package itests.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.definition.DurationText;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** What tasks do: most give a value that follows from their input, some fail, some never end. Looks at each beginning. */
final class Bodies {
    private final Plan plan;
    private final Loop loop;
    private final Findings findings;
    private final Map<String, Set<Payload>> given = new HashMap<>();
    private final Map<String, Set<Payload>> givenForKey = new HashMap<>();
    private final Map<String, Beat> beats = new HashMap<>();
    private Shadows shadows;
    private boolean calm;

    /** The newest sign of life of a body: when, by the world and by its node. */
    private record Beat(Life life, long world, long nanos) {}

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
        return given.getOrDefault(place(run, step, item) + "/" + attempt, Set.of())
                .contains(output);
    }

    /** Whether a body of the same task gave that for the same key. */
    boolean gaveForKey(Shadow run, String step, int item, Payload output) {
        Expected expected = new Expected(run, step, item);
        return givenForKey.getOrDefault(expected.cacheKey(), Set.of()).contains(output);
    }

    /** A body failed because it gave no sign of life: then it did not give one just now. */
    void expectSilent(Shadow run, Fact.AttemptFailed fact) {
        String place = place(run.id(), fact.step(), fact.item()) + "/" + fact.attempt();
        Beat beat = beats.get(place + "/" + run.owner());
        Object spec = Spec.of(run.state().graph(), fact.step()).get("heartbeat");
        if (beat != null && spec instanceof String interval) {
            long least = DurationText.parse(interval).toNanos() / 2;
            long silent = Math.max(loop.now() - beat.world, beat.life.nanoTime() - beat.nanos);
            findings.expect(
                    silent >= least,
                    "heartbeat",
                    "Expected the body of %s to be silent, but it was not %d ns ago",
                    place,
                    silent);
        }
    }

    /** Signs of life, again and again until the attempt is over. */
    private void beat(String place, Life life, long pause, TaskContext context) {
        if (!context.isCancelled()) {
            context.progress(0.5, null);
            beats.put(place, new Beat(life, loop.now(), life.nanoTime()));
            loop.after(pause, life, () -> beat(place, life, pause, context));
        }
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
        String key =
                context.runId()
                        + context.idempotencyKey().substring(context.idempotencyKey().indexOf('/'))
                        + "/"
                        + context.attempt();
        Chance chance = new Chance(plan.seed() * 31 + key.hashCode());
        if (!calm && chance.in(plan.shape().hanging())) {
            return new CompletableFuture<Object>();
        }
        showLife(life, node, context, chance);
        Exception failure = null;
        if (chance.in(plan.shape().failing())) {
            failure =
                    chance.in(15)
                            ? TaskFailure.permanent("permanent", "it never works")
                            : new IllegalStateException("not this time");
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("v", Integer.toString(context.input().toString().hashCode(), 36));
        value.put("even", chance.in(50));
        if (failure == null) {
            gives(context, Payload.of(Json.write(value)));
        }
        if (chance.in(40)) {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
        return later(life, chance.spread(Loop.MILLI, 6 * Loop.SECOND), value, failure);
    }

    /** Most bodies whose step asks for it give signs of life. */
    private void showLife(Life life, SimulatedNode node, TaskContext context, Chance chance) {
        Shadow run = shadows.of(context.runId());
        Map<String, Object> spec = Spec.of(run.state().graph(), context.step());
        if (spec != null && spec.get("heartbeat") instanceof String interval && chance.in(80)) {
            int item = item(run, context);
            String place = place(run.id(), context.step(), item) + "/" + context.attempt();
            long pause = DurationText.parse(interval).toNanos() / 4;
            beat(place + "/" + node.incarnation(), life, pause, context);
        }
    }

    private void gives(TaskContext context, Payload output) {
        Shadow shadow = shadows.of(context.runId());
        String place = place(context.runId(), context.step(), item(shadow, context));
        given.computeIfAbsent(place + "/" + context.attempt(), k -> new HashSet<>()).add(output);
        Map<String, Object> spec = Spec.of(shadow.state().graph(), context.step());
        if (spec != null && spec.containsKey("cache")) {
            String key = Expected.cacheKey(spec, shadow, context.input());
            givenForKey.computeIfAbsent(key, k -> new HashSet<>()).add(output);
        }
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
        if (shadow == null || Spec.of(shadow.state().graph(), context.step()) == null) {
            return; // it may go on without that step
        }
        String key = context.idempotencyKey();
        int item = item(shadow, context);
        Tries.Piece piece = shadow.rules().tries().piece(context.step(), item);
        boolean isCurrent = piece.scheduled && piece.attempt == context.attempt();
        findings.expect(
                context.attempt() <= piece.attempt || shadow.rules().migrations() > 0,
                "body",
                "Expected the attempt %d of %s to be durable before its body begins",
                context.attempt(),
                key);
        if (findings.any() || !isCurrent) {
            return;
        }
        String expectedKey =
                String.join(
                        "/",
                        first(shadow).id(),
                        context.step(),
                        Integer.toString(piece.iteration),
                        Integer.toString(Math.max(0, item)));
        findings.expect(
                key.equals(expectedKey),
                "key",
                "Expected the idempotency key %s, but found %s",
                expectedKey,
                key);
        findings.expect(
                shadow.owner() != node.incarnation() || !piece.lost || piece.started,
                "body",
                "Expected the start of %s to be durable after a loss",
                key);
        Expected expected = new Expected(shadow, context.step(), item);
        findings.expect(
                expected.fits(context.input()),
                "input",
                "Expected %s to get %s, but found %s",
                key,
                expected.input(),
                context.input());
    }

    /** The run that was started first, of all that follow each other as reruns. */
    private Shadow first(Shadow run) {
        Fact.Origin origin = run.state().created().origin();
        return origin == null ? run : first(shadows.of(origin.run()));
    }

    private static int item(Shadow shadow, TaskContext context) {
        String key = context.idempotencyKey();
        Map<String, Object> spec = Spec.of(shadow.state().graph(), context.step());
        return spec != null && spec.containsKey("forEach")
                ? Integer.parseInt(key.substring(key.lastIndexOf('/') + 1))
                : Fact.NO_ITEM;
    }

    private static String place(String run, String step, int item) {
        return run + "/" + step + "/" + Math.max(0, item);
    }
}
