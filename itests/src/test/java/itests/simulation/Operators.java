package itests.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.End;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.Rerun;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;
import orchestrator.engine.runtime.StartRequest;

/** Who starts, holds and ends runs, and what they were told. */
final class Operators {
    private static final long ROUND = 20 * Loop.SECOND;
    private static final int MOST_LOOKS = 12;
    private static final long LOOK = 5 * Loop.SECOND;
    private static final int VARIANTS = 3;

    private final Simulation simulation;
    private final List<Start> starts = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final Map<String, Integer> resumed = new HashMap<>();
    private int reruns; // that are still to be
    private final List<Life> rerunning = new ArrayList<>();

    /** A start, and what became of it. */
    private static final class Start {
        private final Life life;
        private final CompletableFuture<CreateOutcome> outcome;
        private final String wanted;
        private String run; // once it is accepted
        private CompletableFuture<RunDetails> end;

        Start(Life life, String wanted, CompletableFuture<CreateOutcome> outcome) {
            this.life = life;
            this.wanted = wanted;
            this.outcome = outcome;
        }
    }

    /** A command that is in an inbox. */
    private record Order(
            Life life, String run, Command command, CompletableFuture<String> answer) {}

    Operators(Simulation simulation) {
        this.simulation = simulation;
    }

    void act(Act act) {
        SimulatedNode node = simulation.alive(act.node());
        if (node == null) {
            return;
        }
        switch (act.kind()) {
            case START -> start(node, act.what(), null);
            case START_KEYED -> start(node, act.what(), "key");
            case PAUSE -> order(node, act.what(), new Command.Pause());
            case RESUME -> order(node, act.what(), new Command.Resume());
            case SIGNAL -> signal(node, act);
            case CANCEL ->
                    order(node, act.what(), new Command.Cancel("asked", act.millis() % 2 == 1));
            case RERUN -> {
                reruns++;
                rerun(act, MOST_LOOKS);
            }
            case MIGRATE -> migrate(node, act);
            default -> {}
        }
    }

    private void signal(SimulatedNode node, Act act) {
        String id = "signal-" + act.millis() % 4;
        Payload payload = Payload.of(Json.write(Map.of("v", id, "even", act.millis() % 3 == 0)));
        String name = Constructs.signal((int) act.millis());
        order(node, act.what(), new Command.Signal(id, name, payload));
    }

    /** Lets a run go on where it failed; if it goes on as yet, looks again a little later. */
    private void rerun(Act act, int looks) {
        SimulatedNode node = simulation.alive(act.node());
        String id = act.what() < starts.size() ? starts.get(act.what()).run : null;
        Shadow run = id == null ? null : simulation.shadows().of(id);
        if (node == null || run == null || looks == 0) {
            reruns--;
        } else if (!run.summary().status().isFinal()) {
            simulation.loop().after(LOOK, null, () -> rerun(act, looks - 1));
        } else {
            reruns--;
            Life life = node.life();
            rerunning.add(life);
            simulation
                    .loop()
                    .after(
                            0,
                            life,
                            () -> {
                                rerun(node, id, act);
                                rerunning.remove(life);
                            });
        }
    }

    private void rerun(SimulatedNode node, String id, Act act) {
        RunState failed;
        try {
            failed = node.engine().journal().replay(id).state();
        } catch (StateException e) {
            return; // nobody can tell what failed
        }
        Rerun rerun = new Rerun(failed);
        if (rerun.refusal() == null) {
            start(node, failed.graph(), request(node, id, failed, rerun, act));
        }
    }

    private static StartRequest request(
            SimulatedNode node, String id, RunState failed, Rerun rerun, Act act) {
        Map<String, Payload> inputs = new LinkedHashMap<>();
        for (Step step : failed.graph().mainSteps()) {
            boolean works = !step.isWait() && !step.isSubWorkflow();
            if (act.millis() == 0 && works && rerun.isAgain(step.name())) {
                inputs.put(step.name(), Payload.of(Json.write(Map.of("changed", id))));
            }
        }
        return new StartRequest(
                node.engine().newRunId(),
                failed.terms().input(),
                "h",
                "rerun:" + id,
                0,
                Map.of(),
                failed.graph().timeout(),
                failed.created().concurrency(),
                null,
                new Fact.Origin(id, failed.terms().keysOf(id), inputs),
                rerun.kept());
    }

    private void migrate(SimulatedNode node, Act act) {
        String id = act.what() < starts.size() ? starts.get(act.what()).run : null;
        Shadow run = id == null ? null : simulation.shadows().of(id);
        if (run != null) {
            String name = run.state().graph().name();
            Graph to = simulation.graphs().variant(name, (int) act.millis() % VARIANTS);
            String hash = to.document().hash();
            simulation.store().putDefinition(hash, to.document().bytes());
            order(node, act.what(), new Command.Migrate(hash, null));
        }
    }

    private void start(SimulatedNode node, int what, String key) {
        Plan plan = simulation.plan();
        Graph graph =
                simulation.graphs().newest(plan.flows().get(what % plan.flows().size()).name());
        List<Integer> items = new ArrayList<>();
        int count = key == null ? simulation.chance().below(5) : 3;
        for (int i = 0; i < count; i++) {
            items.add(i);
        }
        Payload input = Payload.of(Json.write(Map.of("items", items)));
        simulation.loop().after(0, node.life(), () -> start(node, graph, input, key));
    }

    private void start(SimulatedNode node, Graph graph, Payload input, String key) {
        String hash = key == null ? null : "h";
        String id = node.engine().newRunId();
        start(
                node,
                graph,
                new StartRequest(
                        id,
                        input,
                        hash,
                        key,
                        0,
                        Map.of(),
                        graph.timeout(),
                        concurrency(),
                        null,
                        null,
                        List.of()));
    }

    /** One run in five may have only so much in flight. */
    private Integer concurrency() {
        long number = Math.abs(simulation.plan().seed() % 1_000_000) + starts.size();
        return number % 5 == 0 ? 1 + (int) (number / 5 % 3) : null;
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // what was accepted is checked; what failed was not
    // accepted
    private void start(SimulatedNode node, Graph graph, StartRequest request) {
        CompletableFuture<CreateOutcome> outcome;
        try {
            outcome = node.engine().start(graph, request);
        } catch (StateException e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        Start start = new Start(node.life(), request.id(), outcome);
        starts.add(start);
        outcome.whenComplete(
                (answer, e) -> {
                    if (e == null && !start.life.isDead()) {
                        accepted(node, start, answer);
                    }
                });
    }

    private void accepted(SimulatedNode node, Start start, CreateOutcome answer) {
        start.run = answer.run();
        simulation
                .findings()
                .expect(
                        simulation.shadows().of(answer.run()) != null,
                        "accepted",
                        "Expected run %s to be stored once it is accepted",
                        answer.run());
        simulation
                .findings()
                .expect(
                        answer.kind() != CreateOutcome.Kind.KEY_CONFLICT,
                        "key",
                        "Expected the same input to fit its start key, but found %s",
                        answer);
        if (simulation.chance().in(50)) {
            start.end = node.engine().result(start.run);
        }
    }

    private void order(SimulatedNode node, int what, Command command) {
        if (what < starts.size()) {
            String run = starts.get(what).run;
            if (run != null) {
                simulation.loop().after(0, node.life(), () -> order(node, run, command));
            }
        }
    }

    private void order(SimulatedNode node, String run, Command command) {
        if (command instanceof Command.Cancel cancel) {
            simulation.shadows().cancelAsked(run, cancel.compensate());
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        try {
            PostOutcome outcome = node.engine().post(run, command, answer);
            if (outcome.kind() == PostOutcome.Kind.POSTED) {
                orders.add(new Order(node.life(), run, command, answer));
            }
        } catch (StateException e) {
            // it may be in the inbox, and may not
        }
    }

    /** Whoever is held is let go on from now on; once is enough, unless something has happened since. */
    void calm() {
        for (Shadow run : simulation.shadows().all()) {
            Integer told = resumed.put(run.id(), run.journal().size());
            boolean isNew = told == null || told < run.journal().size();
            if (Shadows.isHeld(run) && isNew) {
                byte[] resume = Json.write(Map.of("command", "resume"));
                String message = "calm:" + run.journal().size();
                simulation.store().post(List.of(new Post(run.id(), message, resume)));
            }
        }
        simulation.loop().after(ROUND, null, this::calm);
    }

    /** Whether every start was answered, whose node lives. */
    boolean isDone() {
        return reruns == 0
                && rerunning.stream().allMatch(Life::isDead)
                && starts.stream().allMatch(s -> s.life.isDead() || s.outcome.isDone());
    }

    /** Whether all who wait for something on a node that lives were told. */
    boolean isAnswered() {
        boolean ends =
                starts.stream().allMatch(s -> s.life.isDead() || s.end == null || s.end.isDone());
        return ends && orders.stream().allMatch(o -> o.life.isDead() || o.answer.isDone());
    }

    void judge() {
        for (Start start : starts) {
            judge(start);
        }
        for (Order order : orders) {
            if (!order.life.isDead()) {
                judge(order);
            }
        }
    }

    private void judge(Start start) {
        Findings findings = simulation.findings();
        boolean alive = !start.life.isDead();
        findings.expect(
                !alive || start.outcome.isDone(),
                "answer",
                "Expected an answer to the start of %s",
                start.wanted);
        if (start.run == null) {
            return;
        }
        Shadow run = simulation.shadows().of(start.run);
        findings.expect(run != null, "lost", "Expected the accepted run %s", start.run);
        if (alive && start.end != null && run != null) {
            boolean told =
                    start.end.isDone()
                            && !start.end.isCompletedExceptionally()
                            && start.end.join().status() == run.state().end();
            findings.expect(told, "result", "Expected to be told the end of run %s", start.run);
        }
    }

    private void judge(Order order) {
        Findings findings = simulation.findings();
        findings.expect(
                order.answer.isDone(),
                "answer",
                "Expected an answer to %s of %s",
                order.command,
                order.run);
        if (!order.answer.isDone() || !order.answer.join().isEmpty()) {
            return;
        }
        Shadow run = simulation.shadows().of(order.run);
        if (order.command instanceof Command.Cancel cancel) {
            End end = run.state().ended();
            boolean halfDone =
                    cancel.compensate() && end != null && "compensation".equals(end.code());
            findings.expect(
                    run.state().end() == RunStatus.CANCELLED || halfDone,
                    "cancel",
                    "Expected run %s to be cancelled, but it ended as %s",
                    order.run,
                    run.state().end());
        } else if (order.command instanceof Command.Signal signal) {
            findings.expect(
                    run.rules().signals().contains(signal.name()),
                    "signal",
                    "Expected run %s to have taken in the signal %s",
                    order.run,
                    signal.name());
        } else if (order.command instanceof Command.Migrate to) {
            boolean hasIt = run.state().terms().definition().equals(to.definition());
            findings.expect(
                    hasIt || run.rules().migrations() > 0,
                    "migrate",
                    "Expected run %s to have gone on with another definition",
                    order.run);
        } else if (order.command instanceof Command.Pause) {
            findings.expect(
                    run.state().hold().pauses() > 0,
                    "pause",
                    "Expected run %s to have been held",
                    order.run);
        } else {
            findings.expect(
                    run.rules().resumes() > 0,
                    "resume",
                    "Expected run %s to have been let go on",
                    order.run);
        }
    }
}
