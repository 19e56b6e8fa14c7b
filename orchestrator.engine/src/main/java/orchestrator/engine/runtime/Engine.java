package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import orchestrator.api.run.RunDetails;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.attempt.Attempts;
import orchestrator.engine.attempt.TaskRegistry;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/** One node's engine: it decides what runs do next, and does it. A plain library; thread safe. */
public final class Engine implements AutoCloseable {
    private final AtomicReference<EngineLimits> limits;
    private final Threads threads = new Threads();
    private final StoreLink store = new StoreLink();
    private final FactCodec codec = new FactCodec();
    private final GraphCompiler compiler = new GraphCompiler();
    private final TaskRegistry registry = new TaskRegistry();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final SentCommands sent = new SentCommands();
    private final Elsewhere elsewhere;
    private final NodeClock clock = new NodeClock(Instant.EPOCH, System::nanoTime);
    private final Journal journal;
    private final LogChannel log;
    private final Attempts attempts;
    private final WritePath writes;
    private final Results results;
    private final Runs runs;
    private final RunViews views;
    private final Acceptance acceptance;
    private final Node node;
    private final RunIds ids;
    private volatile Function<String, Graph> workflows = name -> null;

    private Engine(EngineSetup setup) {
        limits = new AtomicReference<>(setup.limits());
        Scheduler scheduler = threads.scheduler();
        journal = new Journal(store, codec, compiler);
        log = new LogChannel(store, clock, scheduler, threads.log(), () -> limits.get().logLines());
        attempts = new Attempts(registry, limits::get, clock, scheduler, threads.workers(), log);
        writes = new WritePath(store, setup.writers());
        results = new Results(threads.callbacks());
        ids = new RunIds(clock);
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        AtomicLong appendIds = new AtomicLong();
        RunContext context =
                new RunContext(
                        store,
                        codec,
                        journal,
                        clock,
                        scheduler,
                        limits::get,
                        attempts,
                        registry,
                        this::executeRun,
                        random,
                        () -> Long.toString(appendIds.incrementAndGet(), 36),
                        answers,
                        new SubRuns(
                                name -> workflows.apply(name),
                                this::start,
                                new Outbox(store, scheduler, threads.outbox(), this::posted)));
        runs = new Runs(context, writes, results);
        views = new RunViews(runs, store, journal, clock);
        elsewhere = new Elsewhere(store, runs, views, results, sent);
        node =
                new Node(
                        setup,
                        store,
                        clock,
                        runs,
                        scheduler,
                        threads.node(),
                        random,
                        elsewhere::look);
        acceptance =
                new Acceptance(
                        new Definitions(store, journal),
                        new NewRuns(clock, limits::get, codec, random),
                        runs,
                        () -> node.claimSoon(List.of()));
    }

    /** Starts the threads of an engine; it works once a backend is attached. */
    public static Engine start(EngineSetup setup) {
        Engine engine = new Engine(setup);
        engine.writes.start();
        engine.runs.onLeave(engine::left);
        engine.runs.onUnread(() -> engine.node.claimSoon(List.of()));
        engine.registry.onArrival(engine::arrived);
        return engine;
    }

    private void executeRun(Runnable drain) {
        if (store.isVolatile()) {
            drain.run();
        } else {
            threads.runs().execute(drain);
        }
    }

    private void left(RunSummary summary) {
        node.runLeft(summary == null ? null : summary.wakeAt());
        if (summary != null) {
            List<String> now = summary.waitKeys().stream().filter(this::isOnOffer).toList();
            if (!now.isEmpty()) {
                node.claimSoon(now); // it came while the run was leaving
            }
        }
    }

    private boolean isOnOffer(String key) {
        return key.startsWith("task:")
                ? registry.newest(key.substring(5)) != null
                : key.startsWith("workflow:") && workflows.apply(key.substring(9)) != null;
    }

    private void arrived(String task) {
        runs.offer(new Command.OfferTask(task));
        node.claimSoon(List.of("task:" + task));
    }

    /** Where the newest definition of a workflow is found by name; null from it says that there is none. */
    public void workflows(Function<String, Graph> newest) {
        workflows = newest;
    }

    /** A workflow can be run now, or has a new version. */
    public void workflowArrived(String workflow) {
        runs.offer(new Command.OfferWorkflow(workflow));
        node.claimSoon(List.of("workflow:" + workflow));
    }

    /** A run has written to another. */
    private void posted(Post post, PostOutcome outcome) {
        if (outcome.number() > 0) {
            Optional<ActiveRun> active = runs.find(post.run());
            if (active.isPresent()) {
                active.get()
                        .mail(
                                new Mail(
                                        post.run(),
                                        outcome.number(),
                                        post.messageId(),
                                        post.body()));
            } else {
                node.claimSoon(List.of());
            }
        }
    }

    /** The store has a new backend, or the same one again. */
    public void attach(StateBackend backend) {
        node.attach(backend);
    }

    /** The backend has gone; runs and attempts go on as far as they can. */
    public void detach(StateBackend backend) {
        node.detach(backend);
    }

    /** Calls the listener each time the engine has entered a store, has begun to recover, and takes starts. */
    public void onReady(Runnable listener) {
        node.onReady(listener);
    }

    /** The tasks on offer. */
    public TaskRegistry tasks() {
        return registry;
    }

    /** Compiles definitions. */
    public GraphCompiler compiler() {
        return compiler;
    }

    /** The limits in force. */
    public EngineLimits limits() {
        return limits.get();
    }

    /** Changes the limits of the running engine. */
    public void limits(EngineLimits newLimits) {
        limits.set(newLimits);
        attempts.dispatch();
        node.claimSoon(List.of());
    }

    /** How many runs are in memory. */
    public int activeRuns() {
        return runs.all().size();
    }

    /** How many slots for attempts are taken. */
    public int busySlots() {
        return attempts.busy();
    }

    /** The store. */
    public StoreLink store() {
        return store;
    }

    /** Reads runs back. */
    public Journal journal() {
        return journal;
    }

    /** What reads facts. */
    public FactCodec codec() {
        return codec;
    }

    /**
     * Accepts a run of a definition.
     *
     * @return what the store made of it; fails with {@link StateException}
     */
    public CompletableFuture<CreateOutcome> start(Graph graph, StartRequest request) {
        return start(graph, request, true);
    }

    private CompletableFuture<CreateOutcome> start(
            Graph graph, StartRequest request, boolean mayOwn) {
        return acceptance.start(graph, request, mayOwn);
    }

    /**
     * The end of a run that is not started yet; nothing is asked of the store for it.
     *
     * @see #forget
     */
    public CompletableFuture<RunDetails> expect(String run) {
        return results.await(run);
    }

    /** A run that was expected was not started after all. */
    public void forget(String run, CompletableFuture<RunDetails> result) {
        results.forget(run, result);
    }

    /** An id for a new run. */
    public String newRunId() {
        return ids.get();
    }

    /** Completes when the run's end is durable and known here. */
    public CompletableFuture<RunDetails> result(String run) {
        CompletableFuture<RunDetails> result = results.await(run);
        if (runs.find(run).isEmpty()) {
            threads.node().execute(elsewhere::findResults);
        }
        return result;
    }

    /** Puts a command into a run's inbox. The answer is completed once the run has decided on it. */
    public PostOutcome post(String run, Command command, CompletableFuture<String> answer) {
        String messageId = newRunId();
        answers.put(messageId, answer);
        byte[] body = CommandMail.encode(command);
        PostOutcome outcome;
        try {
            outcome = store.backend().post(List.of(new Post(run, messageId, body))).get(0);
        } catch (StateException e) {
            answers.remove(messageId);
            throw e;
        }
        if (outcome.kind() != PostOutcome.Kind.POSTED) {
            answers.remove(messageId);
            return outcome;
        }
        Optional<ActiveRun> active = runs.find(run);
        if (active.isPresent()) {
            active.get().mail(new Mail(run, outcome.number(), messageId, body));
        } else {
            sent.add(messageId, run, command, answer);
            node.claimSoon(List.of());
        }
        return outcome;
    }

    /** Nobody waits for that answer any more. */
    public void forget(CompletableFuture<String> answer) {
        answers.values().removeIf(other -> other == answer);
        sent.forget(answer);
    }

    /** Everything about a run, as far as it is durable. */
    public Optional<RunDetails> details(String run) {
        return views.details(run);
    }

    /** Writes the log lines that are still on their way. */
    public void flushLogs() {
        log.flush();
    }

    /** Gives all runs back for good, while the store is still there: the process is about to end. */
    public void leave() {
        node.leave();
        runs.abandonAll("the engine stops");
    }

    /** Ends the engine: gives its runs back, stops its threads. Attempts in progress are interrupted. */
    @Override
    public void close() {
        try {
            log.flush();
            leave();
        } finally {
            writes.close();
            threads.close();
        }
    }
}
