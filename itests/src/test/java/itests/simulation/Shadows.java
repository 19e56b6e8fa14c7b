package itests.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Step;

/** Watches all that is written to a store: what engines owe it, and that each journal goes on as it may. */
final class Shadows implements SimulatedStore.Watcher {
    private final Findings findings;
    private final Function<String, Graph> graphs;
    private final Retry retry;
    private final Bodies bodies;
    private final FactCodec codec = new FactCodec();
    private final Map<String, Shadow> runs = new LinkedHashMap<>();
    private final Map<Fact.Parent, Shadow> children = new HashMap<>();
    private final Map<String, String> unsettled = new HashMap<>();
    private final List<Post> posts = new ArrayList<>();
    private final Set<String> cancelAsked = new HashSet<>();
    private final Set<String> gentleCancelAsked = new HashSet<>();
    private final Set<String> rerun = new HashSet<>();
    private final Consumer<String> tracer;
    private long appends;

    /**
     * Nothing was written yet.
     *
     * @param graphs finds definitions by hash
     * @param retry of steps that say nothing
     */
    Shadows(
            Findings findings,
            Function<String, Graph> graphs,
            Retry retry,
            Bodies bodies,
            Consumer<String> tracer) {
        this.tracer = tracer;
        this.findings = findings;
        this.graphs = graphs;
        this.retry = retry;
        this.bodies = bodies;
    }

    Shadow of(String run) {
        return runs.get(run);
    }

    Collection<Shadow> all() {
        return runs.values();
    }

    Bodies bodies() {
        return bodies;
    }

    /** How many appends took effect. */
    long appends() {
        return appends;
    }

    /**
     * Somebody asks for an end.
     *
     * @param gently after what was done is undone
     */
    void cancelAsked(String run, boolean gently) {
        (gently ? gentleCancelAsked : cancelAsked).add(run);
    }

    boolean isCancelAsked(String run, boolean gently) {
        return (gently ? gentleCancelAsked : cancelAsked).contains(run);
    }

    /** The definition with that hash. */
    Graph graph(String hash) {
        return graphs.apply(hash);
    }

    /** The run that an attempt is. */
    Shadow child(String parent, String step, int item, int attempt) {
        return children.get(new Fact.Parent(parent, step, item, attempt, 0));
    }

    /** How many attempts a piece of work of that step has. */
    int attempts(Step step) {
        return (step.retry() == null ? retry : step.retry()).attempts();
    }

    /** A node calls with these appends. */
    void called(NodeLease node, List<Append> calls) {
        Set<String> seen = new HashSet<>();
        for (Append append : calls) {
            findings.expect(
                    seen.add(append.run()),
                    "duty",
                    "Expected at most one append of a run in a batch, but found two of %s",
                    append.run());
            expectSettled(node, append);
        }
        findings.expect(!calls.isEmpty(), "duty", "Expected appends, but found an empty batch");
    }

    /** An append that was not answered is repeated until it is settled: no other of that owner comes before. */
    private void expectSettled(NodeLease node, Append append) {
        String owner = append.run() + " " + append.epoch() + " " + node.incarnation();
        String before = unsettled.put(owner, append.appendId());
        findings.expect(
                before == null || before.equals(append.appendId()),
                "duty",
                "Expected append %s of run %s to be settled first, but found append %s",
                before,
                append.run(),
                append.appendId());
    }

    /** The node has an answer. */
    void heard(NodeLease node, List<Append> calls) {
        calls.forEach(a -> unsettled.remove(a.run() + " " + a.epoch() + " " + node.incarnation()));
    }

    @Override
    public void appended(NodeLease node, Append append, AppendOutcome outcome) {
        Shadow shadow = runs.get(append.run());
        if (outcome == AppendOutcome.APPENDED && shadow != null) {
            appends++;
            if (tracer != null) {
                String release = append.release() ? " release" : "";
                tracer.accept("  " + shadow.told(append.entries()) + release);
            }
            shadow.append(append);
        }
    }

    @Override
    public void created(NewRun run, CreateOutcome outcome) {
        String id = run.summary().id();
        if (outcome.kind() != CreateOutcome.Kind.CREATED || runs.containsKey(id)) {
            return;
        }
        Graph graph = graphs.apply(run.summary().definitionHash());
        Shadow shadow = new Shadow(run, graph, codec, findings, this);
        runs.put(id, shadow);
        Fact.Origin origin = shadow.state().created().origin();
        findings.expect(
                origin == null || rerun.add(origin.run()),
                "rerun",
                "Expected one rerun of a run, but found two of %s",
                origin);
        Fact.Parent parent = shadow.state().created().parent();
        if (parent != null) {
            Fact.Parent key =
                    new Fact.Parent(
                            parent.run(), parent.step(), parent.item(), parent.attempt(), 0);
            findings.expect(
                    children.put(key, shadow) == null,
                    "children",
                    "Expected one run for an attempt, but found two for %s",
                    parent);
        }
    }

    @Override
    public void posted(Post post) {
        posts.add(post);
    }

    /** All that was posted. */
    List<Post> posts() {
        return posts;
    }

    @Override
    public void claimed(NodeLease node, ClaimedRun run) {
        Shadow shadow = runs.get(run.summary().id());
        if (tracer != null) {
            tracer.accept("  " + run.summary().id() + " belongs to " + node.node());
        }
        if (shadow != null) {
            shadow.owner(node.incarnation(), run.epoch());
            shadow.replay();
        }
    }

    /** Whether every run has ended. */
    boolean isOver() {
        return runs.values().stream().allMatch(s -> s.summary().status().isFinal());
    }

    /** Whether a run is held, as far as the store knows. */
    static boolean isHeld(Shadow shadow) {
        boolean aside =
                shadow.summary().reason() != null
                        && shadow.summary().reason().code().equals("quarantined");
        return shadow.summary().status() == RunStatus.PAUSED || aside;
    }
}
