package orchestrator.engine.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orchestrator.api.definition.CanonicalJson;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.NotSentException;
import orchestrator.engine.runtime.StartRequest;

/** Starts runs for one caller: checks the input, and turns what the store says into words. */
final class Starts implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final String RERUN = "rerun of ";

    private final Engine engine;
    private final Awaited awaited;

    Starts(Engine engine) {
        this.engine = engine;
        this.awaited = new Awaited(engine);
    }

    /** The caller has stopped: what it still waits for is dropped. */
    @Override
    public void close() {
        awaited.leave();
    }

    RunHandle start(Graph graph, Map<String, ?> input, StartOptions options) {
        Payload payload = input(graph, input);
        String key = options.startKey().orElse(null);
        return send(
                graph,
                new StartRequest(
                        key == null ? engine.newRunId() : placed(graph.name(), key),
                        payload,
                        key == null ? null : inputHash(graph, payload),
                        key,
                        options.priority().orElse(graph.priority()),
                        options.labels(),
                        options.timeout().orElse(graph.timeout()),
                        options.maxConcurrency().orElse(null),
                        null,
                        null,
                        List.of()));
    }

    /**
     * Starts a run that tries the failed steps of another again, once.
     *
     * @param input the input of that run, with what is changed in it
     * @param timeout how long it may take, or null
     */
    RunHandle startAgain(
            Graph graph,
            Map<String, ?> input,
            Duration timeout,
            Fact.RunCreated failed,
            Fact.Origin origin,
            List<Fact> kept) {
        Payload payload = input(graph, input);
        String key = RERUN + origin.run();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("input", payload.value());
        origin.inputs().forEach((step, changed) -> all.put(step, changed.value()));
        return send(
                graph,
                new StartRequest(
                        placed(graph.name(), key),
                        payload,
                        hash(all),
                        key,
                        failed.priority(),
                        failed.labels(),
                        timeout,
                        failed.concurrency(),
                        null,
                        origin,
                        kept));
    }

    private RunHandle send(Graph graph, StartRequest request) {
        if (!engine.store().isUp()) {
            throw storeAway("it is not there at the moment");
        }
        CompletableFuture<RunDetails> result = engine.expect(request.id());
        CreateOutcome outcome = null;
        try {
            outcome = await(graph, request);
        } finally {
            if (outcome == null || !outcome.run().equals(request.id())) {
                engine.forget(request.id(), result);
            }
        }
        if (outcome.kind() == CreateOutcome.Kind.KEY_CONFLICT) {
            throw otherInput(request, outcome.run());
        }
        boolean isNew = outcome.run().equals(request.id());
        return new Handle(
                outcome.run(),
                isNew,
                awaited.keep(outcome.run(), isNew ? result : engine.result(outcome.run())));
    }

    private static RefusedException otherInput(StartRequest request, String first) {
        return new RefusedException(
                "start-key",
                request.origin() != null
                        ? "Expected the changes that run %s was first retried with, but found others: retry its rerun, %s"
                                .formatted(request.origin().run(), first)
                        : "Expected the input that start key '%s' was first used with (run %s), but found another one"
                                .formatted(request.startKey(), first));
    }

    @SuppressWarnings("unchecked")
    private static Payload input(Graph graph, Map<String, ?> given) {
        try {
            Map<String, Object> tree = (Map<String, Object>) Json.freeze(given);
            Payload payload = Payload.ofTree(new LinkedHashMap<>(graph.input().complete(tree)));
            if (payload.size() > Limits.MAX_PAYLOAD) {
                throw new IllegalArgumentException(
                        "Expected an input of at most %,d bytes as JSON, but found %,d"
                                .formatted(Limits.MAX_PAYLOAD, payload.size()));
            }
            Json.check(payload.json()); // what cannot be read back must not be accepted
            return payload;
        } catch (IllegalArgumentException e) {
            throw new RefusedException("input", graph.name() + ": " + e.getMessage());
        }
    }

    private CreateOutcome await(Graph graph, StartRequest request) {
        try {
            return engine.start(graph, request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (StateUnavailableException e) {
            throw storeAway(e.getMessage());
        } catch (StateException e) {
            throw new RefusedException(
                    "store", "Expected the store to take the run, but " + e.getMessage());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotSentException) {
                throw storeAway(e.getCause().getMessage());
            }
            if (e.getCause() instanceof StateUnavailableException
                    || e.getCause() instanceof NodeFencedException) {
                throw inDoubt(request);
            }
            throw new RefusedException(
                    "store",
                    "Expected the store to take the run, but " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw inDoubt(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(
                    "stopping", "The caller was interrupted; run " + request.id());
        }
    }

    private static RefusedException inDoubt(StartRequest request) {
        return new RefusedException(
                "store",
                "The store did not answer while run %s was accepted: it goes on if it was stored, else nothing has happened. Look with run:status, or start again with a start key"
                        .formatted(request.id()));
    }

    static RefusedException storeAway(String why) {
        return new RefusedException(
                "store",
                "Expected a store, but " + why + ". Nothing was accepted; try again later");
    }

    /** Runs of one start key share their placement, so that a sharded store finds the key beside the run. */
    private String placed(String workflow, String key) {
        byte[] both = (workflow + '\u0000' + key).getBytes(StandardCharsets.UTF_8);
        return sha256(both).substring(0, 8) + "." + engine.newRunId();
    }

    private static String inputHash(Graph graph, Payload payload) {
        try {
            return hash(payload.value());
        } catch (IllegalArgumentException e) { // no two texts of it could be told to be equal
            throw new RefusedException("input", graph.name() + ": " + e.getMessage());
        }
    }

    private static String hash(Object input) {
        return sha256(CanonicalJson.bytes(input));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static final class Handle implements RunHandle {
        private final String id;
        private final boolean isNew;
        private final CompletableFuture<RunDetails> result;

        Handle(String id, boolean isNew, CompletableFuture<RunDetails> result) {
            this.id = id;
            this.isNew = isNew;
            this.result = result;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public boolean isNew() {
            return isNew;
        }

        @Override
        public CompletionStage<RunDetails> result() {
            return result.minimalCompletionStage();
        }

        @Override
        public String toString() {
            return "run " + id;
        }
    }
}
