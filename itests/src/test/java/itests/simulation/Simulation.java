package itests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.state.Post;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.runtime.EngineSetup;

/**
 * One simulation: real engines on a simulated store, in virtual time and on one thread, while what a plan says happens to
 * them. At its end all is mended, and every run must come to its own.
 */
final class Simulation {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final long TROUBLED = 35 * Loop.SECOND;
    private static final long LOOK = 3_500 * Loop.MILLI;
    private static final long MENDED = 3600 * Loop.SECOND;
    private static final long MAX_STEPS = 400_000;

    private final Plan plan;
    private final Findings findings = new Findings();
    private final Loop loop = new Loop(findings, MAX_STEPS);
    private final Chance chance;
    private final Graphs graphs;
    private final Bodies bodies;
    private final Shadows shadows;
    private final SimulatedStore store;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Operators operators;
    private final Map<SimulatedNode, Long> cut = new HashMap<>();
    private final Map<SimulatedNode, Long> muted = new HashMap<>();
    private long outage;
    private long writes;
    private long calls;
    private long crashNext;
    private boolean mended;
    private final Consumer<String> tracer;

    /**
     * What came of it.
     *
     * @param kind what is wrong, in a word; null if nothing
     * @param text what exactly
     * @param writes how many batches were written
     * @param trace tells this course of events from others
     */
    record Verdict(String kind, String text, long writes, long trace) {
        boolean isGood() {
            return kind == null;
        }
    }

    private Simulation(Plan plan, Consumer<String> tracer) {
        this.tracer = tracer;
        this.plan = plan;
        this.chance = new Chance(plan.seed() ^ 0x5DEECE66DL);
        this.graphs = new Graphs(plan);
        this.bodies = new Bodies(plan, loop, findings);
        Retry retry = new Retry(3, Duration.ofMillis(500), 1, Duration.ofDays(1), 0);
        this.shadows =
                new Shadows(
                        findings, graphs::of, retry, bodies, tracer == null ? null : this::trace);
        bodies.watch(shadows);
        this.store = new SimulatedStore(() -> BEGIN.plusNanos(loop.now()), shadows);
        Shape shape = plan.shape();
        EngineLimits limits =
                new EngineLimits(
                        shape.runs(),
                        shape.tasks(),
                        Duration.ofSeconds(15),
                        retry,
                        Duration.ZERO,
                        100);
        Duration lease = Duration.ofMillis(shape.leaseMillis());
        for (int i = 0; i < shape.nodes(); i++) {
            EngineSetup setup = new EngineSetup("n" + i, lease, shape.writers(), limits);
            nodes.add(new SimulatedNode(this, i, setup));
        }
        this.operators = new Operators(this);
    }

    /** Carries out a plan. */
    static Verdict of(Plan plan) {
        return of(plan, null);
    }

    /**
     * Carries out a plan.
     *
     * @param tracer is told what happens, line by line; null for nobody
     */
    static Verdict of(Plan plan, Consumer<String> tracer) {
        return new Simulation(plan, tracer).run();
    }

    boolean isTraced() {
        return tracer != null;
    }

    void trace(String text) {
        if (tracer != null) {
            tracer.accept("%11.6f %s".formatted(loop.now() / 1e9, text));
        }
    }

    Plan plan() {
        return plan;
    }

    Findings findings() {
        return findings;
    }

    Loop loop() {
        return loop;
    }

    Chance chance() {
        return chance;
    }

    Graphs graphs() {
        return graphs;
    }

    Bodies bodies() {
        return bodies;
    }

    Shadows shadows() {
        return shadows;
    }

    SimulatedStore store() {
        return store;
    }

    /** The node of that number, or the next that lives; null if none does. */
    SimulatedNode alive(int index) {
        for (int i = 0; i < nodes.size(); i++) {
            SimulatedNode node = nodes.get((index + i) % nodes.size());
            if (node.isAlive()) {
                return node;
            }
        }
        return null;
    }

    private Verdict run() {
        try {
            nodes.forEach(SimulatedNode::start);
            for (Act act : plan.acts()) {
                if (!act.kind().isOnCall()) {
                    loop.after(act.at() * Loop.MILLI, null, () -> happen(act));
                }
            }
            for (long at = LOOK; at <= TROUBLED; at += LOOK) {
                loop.run(() -> false, at);
                nodes.forEach(SimulatedNode::compareLiveIfAlive);
            }
            mend();
        } catch (RuntimeException | Error e) {
            findings.report("thrown", e);
        }
        long trace = loop.steps() * 31 + loop.now() * 17 + shadows.appends();
        return new Verdict(findings.kind(), findings.text(), writes, trace);
    }

    private void happen(Act act) {
        if (isTraced()) {
            trace(act.toString());
        }
        SimulatedNode node = nodes.get(act.node() % nodes.size());
        long nanos = act.millis() * Loop.MILLI;
        switch (act.kind()) {
            case CRASH -> node.crash(act.millis());
            case STOP -> node.stop(act.millis());
            case CUT -> cut.put(node, loop.now() + nanos);
            case MUTE -> muted.put(node, loop.now() + nanos);
            case ECHO -> echo(act.what());
            case OUTAGE -> outage = loop.now() + nanos;
            default -> {
                if (node.isAlive()) {
                    happen(act, node, nanos);
                }
            }
        }
        operators.act(act);
    }

    private void echo(int what) {
        List<Post> posts = shadows.posts();
        if (!posts.isEmpty()) {
            Post post = posts.get(posts.size() - 1 - what % posts.size());
            store.post(List.of(new Post(post.run(), post.messageId() + "'", post.body())));
        }
    }

    private void happen(Act act, SimulatedNode node, long nanos) {
        Life life = node.life();
        switch (act.kind()) {
            case FREEZE -> life.freeze(loop.now() + nanos);
            case JUMP -> life.jump(nanos);
            case FENCE -> {
                if (node.engine().store().isUp()) {
                    store.leave(node.engine().store().lease());
                }
            }
            case DETACH -> {
                node.detach();
                loop.after(nanos, life, node::attach);
            }
            case UNDEPLOY -> {
                node.undeploy(act.what());
                loop.after(nanos, life, () -> node.deploy(act.what()));
            }
            case UNREGISTER -> {
                String workflow = plan.flows().get(act.what() % plan.flows().size()).name();
                node.unregister(workflow);
                loop.after(nanos, null, () -> node.register(workflow));
            }
            default -> {}
        }
    }

    /** Whether no call of that node gets through. */
    boolean isCut(SimulatedNode node) {
        return !mended && (loop.now() < outage || loop.now() < cut.getOrDefault(node, 0L));
    }

    /** Whether no write of that node gets through. */
    boolean isMute(SimulatedNode node) {
        return !mended && loop.now() < muted.getOrDefault(node, 0L);
    }

    /** What happens to the call that begins. */
    List<Act> actsOfCall(boolean write) {
        calls++;
        if (write) {
            writes++;
        }
        List<Act> acts = new ArrayList<>();
        for (Act act : plan.acts()) {
            boolean every = act.kind() == Act.Kind.CALL_UNANSWERED;
            if (act.kind().isOnCall()
                    && (every ? calls == act.at() * 10 : write && writes == act.at())) {
                acts.add(act);
            }
        }
        return acts;
    }

    void crashNext(long millis) {
        crashNext = millis;
    }

    long crashNext() {
        return crashNext;
    }

    /** Everything works from now on; then every run must come to an end. */
    private void mend() {
        mended = true;
        trace("all is mended");
        bodies.calm();
        nodes.forEach(SimulatedNode::compareLiveIfAlive);
        nodes.forEach(SimulatedNode::heal);
        operators.calm();
        long end = loop.now() + MENDED;
        loop.run(() -> operators.isDone() && shadows.isOver(), end);
        loop.run(
                () -> operators.isAnswered() && nodes.stream().allMatch(SimulatedNode::isIdle),
                loop.now() + 60 * Loop.SECOND);
        if (!findings.any()) {
            judge();
        }
    }

    boolean isMended() {
        return mended;
    }

    private void judge() {
        for (Shadow run : shadows.all()) {
            run.replay();
            findings.expect(
                    run.summary().status().isFinal(),
                    "lost",
                    "Expected run %s to end, but it stands as %s",
                    run.id(),
                    run.summary());
            int there = store.journal(run.id(), 1, Integer.MAX_VALUE).size();
            findings.expect(
                    there == run.journal().size(),
                    "journal",
                    "Expected %d entries of run %s, but found %d",
                    run.journal().size(),
                    run.id(),
                    there);
        }
        operators.judge();
        for (SimulatedNode node : nodes) {
            findings.expect(
                    node.activeRuns() == 0,
                    "memory",
                    "Expected no run in memory when all have ended, but found %d",
                    node.activeRuns());
            findings.expect(
                    node.engine().busySlots() == 0,
                    "slots",
                    "Expected no slot to be taken when all runs have ended, but found %d",
                    node.engine().busySlots());
        }
    }
}
