package orchestrator.engine.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Post;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.ChildId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.StepState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/** What a run and the runs that its steps are say of each other: ids, starts, ends. All of it follows from states. */
final class ChildRuns {
    private static final int PLACEMENT = 39;
    private static final int DIGITS = 20;
    private static final int HASH_SHOWN = 12;

    private ChildRuns() {}

    /**
     * The id of the run that is an attempt: always the same for the same attempt, so that it is created once, and with
     * the placement of its parent.
     */
    static String id(String parent, Step step, ChildId child) {
        int dot = parent.indexOf('.');
        String placement = dot < 0 ? parent : parent.substring(0, dot);
        String attempt =
                String.join(
                        "/",
                        parent,
                        step.name(),
                        Integer.toString(child.cell().item()),
                        Integer.toString(child.attempt()));
        String hash = sha256(attempt).substring(0, DIGITS);
        return placement.substring(0, Math.min(PLACEMENT, placement.length())) + "." + hash;
    }

    static String id(String parent, RunState state, ChildId child) {
        return id(parent, state.graph().steps().get(child.cell().step()), child);
    }

    /**
     * The start of the run that is an attempt.
     *
     * @throws IllegalArgumentException if its input has no value, or is not what its workflow takes
     */
    static StartRequest request(String parent, RunState state, ChildId child, Graph graph) {
        StepState step = state.step(child.cell().step());
        Fact.RunCreated created = state.created();
        return new StartRequest(
                id(parent, step.step(), child),
                input(state, step, child.cell().item(), graph),
                null,
                null,
                created.priority(),
                created.labels(),
                shorter(step.step().timeouts().attempt(), graph.timeout()),
                null,
                new Fact.Parent(
                        parent,
                        step.step().name(),
                        child.cell().item(),
                        child.attempt(),
                        depth(state)),
                null,
                List.of());
    }

    /** How many runs are above a child of that run. */
    static int depth(RunState state) {
        Fact.Parent parent = state.created().parent();
        return parent == null ? 1 : parent.depth() + 1;
    }

    private static Payload input(RunState state, StepState step, int item, Graph graph) {
        Object value = state.terms().input(step.step()).evaluate(Decider.scope(state, step, item));
        if (!(value instanceof Map<?, ?> given)) {
            throw new IllegalArgumentException(
                    "Expected an object as input, but found " + Json.kind(value));
        }
        Map<String, Object> input = new LinkedHashMap<>();
        given.forEach((key, part) -> input.put(String.valueOf(key), part));
        return Payload.of(Json.write(graph.input().complete(input), Limits.MAX_PAYLOAD));
    }

    private static Duration shorter(Duration a, Duration b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) < 0 ? a : b;
    }

    /** What a run that has ended tells its parent. */
    static Command.EndChild ended(String run, RunState state) {
        Fact.RunCreated created = state.created();
        Fact.Parent parent = created.parent();
        boolean completed = state.end() == RunStatus.COMPLETED;
        return new Command.EndChild(
                parent.step(),
                parent.item(),
                parent.attempt(),
                run,
                state.end(),
                version(created.workflowVersion(), created.definition()),
                completed ? state.output() : null,
                completed ? null : state.ended().code(),
                completed ? null : Limits.error(state.ended().message()));
    }

    /** What a run that has ended would tell its parent if its journal could still be read. */
    static Command.EndChild lost(RunSummary run, RunState parent, ChildId child) {
        boolean completed = run.status() == RunStatus.COMPLETED; // but what it gave is lost
        return new Command.EndChild(
                parent.graph().steps().get(child.cell().step()).name(),
                child.cell().item(),
                child.attempt(),
                run.id(),
                completed ? RunStatus.FAILED : run.status(),
                version(run.version(), run.definitionHash()),
                null,
                Limits.LOST,
                completed ? "what it gave cannot be read any more" : Limits.error(run.error()));
    }

    private static String version(String version, String hash) {
        return "%s (%s)".formatted(version, hash.substring(0, Math.min(HASH_SHOWN, hash.length())));
    }

    /** A run's end as the message to its parent: the same one, whoever writes it. */
    static Post end(String parent, Command.EndChild end) {
        return new Post(parent, "ended:" + end.run(), CommandMail.encode(end));
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
