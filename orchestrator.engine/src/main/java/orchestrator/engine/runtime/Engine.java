package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.RunDetails;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.attempt.Attempts;
import orchestrator.engine.attempt.ResultCache;
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
    private final Environment environment;
    private final StoreLink store = new StoreLink();
    private final FactCodec codec = new FactCodec();
    private final GraphCompiler compiler = new GraphCompiler();
    private final TaskRegistry registry = new TaskRegistry();
    private final Offers offers = new Offers(registry);
    private final NodeClock clock;
    private final PostedCommands commands;
    private final Elsewhere elsewhere;
    private final Journal journal;
    private final LogChannel log;
    private final Attempts attempts;
    private final WritePath writes;
    private final Results results;
    private final Runs runs;
    private final RunViews views;
    private final Diagnoses diagnoses;
    private final Acceptance acceptance;
    private final Node node;
    private final WakeUps wakeUps;
    private final RunIds ids;

    private Engine(EngineSetup setup, Environment environment) {
        this.environment = environment;
        limits = new AtomicReference<>(setup.limits());
        clock = new NodeClock(Instant.EPOCH, environment::nanoTime);
        Answers answers = new Answers(codec);
        Scheduler scheduler = environment.scheduler();
        journal = new Journal(store, codec, compiler, offers);
        log =
                new LogChannel(
                        store, clock, scheduler, environment.log(), () -> limits.get().logLines());
        attempts =
                new Attempts(registry, limits::get, clock, scheduler, environment.workers(), log);
        writes = new WritePath(store, setup.writers(), environment);
        results = new Results(environment.callbacks());
        ids = new RunIds(clock, environment::randomBytes);
        commands = new PostedCommands(store, clock, answers);
        DoubleSupplier random = environment::random;
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
                                offers,
                                this::start,
                                new Outbox(store, scheduler, environment.outbox(), this::posted)));
        runs = new Runs(context, writes, results);
        views = new RunViews(runs, store, journal, clock, attempts);
        diagnoses = new Diagnoses(setup.node(), runs, views, store, attempts, limits::get);
        elsewhere =
                new Elsewhere(
                        store,
                        runs,
                        views,
                        results,
                        answers,
                        environment.node(),
                        environment.runs());
        node = new Node(setup, store, clock, runs, environment, offers, elsewhere::look);
        wakeUps = new WakeUps(offers, attempts, runs, node);
        acceptance =
                new Acceptance(
                        new Definitions(store, journal),
                        new NewRuns(clock, limits::get, codec, random),
                        runs,
                        () -> node.claimSoon(List.of()));
    }

    /** Starts an engine on threads of its own; it works once a backend is attached. */
    public static Engine start(EngineSetup setup) {
        return start(setup, Environment.ofProcess());
    }

    /** Starts an engine in those surroundings, which end with it; it works once a backend is attached. */
    public static Engine start(EngineSetup setup, Environment environment) {
        Engine engine = new Engine(setup, environment);
        engine.writes.start();
        engine.runs.onLeave(engine.wakeUps::left);
        engine.runs.onUnread(engine.wakeUps::unread);
        engine.registry.onArrival(task -> engine.wakeUps.arrived(Offers.task(task)));
        return engine;
    }

    private void executeRun(Runnable drain) {
        if (store.isVolatile() || environment.workers().isEnding()) {
            drain.run();
        } else {
            environment.runs().execute(drain);
        }
    }

    /** Stores a definition, though it may be there already. */
    public void putDefinition(Graph graph) {
        Definitions.put(store.backend(), graph);
    }

    /** Where the newest definition of a workflow is found by name; null from it says that there is none. */
    public void workflows(Function<String, Graph> newest) {
        offers.workflows(newest);
    }

    /** A workflow can be run now, or has a new version. */
    public void workflowArrived(String workflow) {
        wakeUps.arrived(Offers.workflowKey(workflow));
    }

    private void posted(Post post, PostOutcome outcome) {
        wakeUps.posted(post, outcome);
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
        wakeUps.roomChanged();
    }

    /** How many runs are in memory. */
    public int activeRuns() {
        return runs.all().size();
    }

    /** The results of tasks that this node keeps. */
    public ResultCache cache() {
        return attempts.cache();
    }

    /** Code of a plugin has left: threads that may have run it are replaced. */
    public void retireThreads() {
        environment.workers().retire();
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
        return start(graph, request, store.incarnation());
    }

    private CompletableFuture<CreateOutcome> start(Graph graph, StartRequest request, long lease) {
        return acceptance.start(graph, request, lease);
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
            elsewhere.findSoon();
        }
        return result;
    }

    /**
     * Puts a command into a run's inbox. The answer is completed once the run has decided on it: with an empty text, or with
     * why the command was refused. Who does not wait any more cancels it.
     */
    public PostOutcome post(String run, Command command, CompletableFuture<String> answer) {
        return post(run, newRunId(), command, answer);
    }

    /**
     * Puts a command into a run's inbox, unless a message with that id is, or was, there already; what is known to have
     * become of that one is its answer.
     */
    public PostOutcome post(
            String run, String messageId, Command command, CompletableFuture<String> answer) {
        return commands.post(run, messageId, command, answer, this::posted);
    }

    /** The store's time, as this node knows it. */
    public Instant now() {
        return clock.now();
    }

    /** Appends to a run that this node owns and does not have in memory; tries until the store has answered. */
    public CompletableFuture<AppendOutcome> append(Append append) {
        return writes.append(append);
    }

    /** A run of this node was given back and may go on at once. */
    public void released(RunSummary summary) {
        wakeUps.released(summary);
    }

    /** Everything about a run, as far as it is durable. */
    public Optional<RunDetails> details(String run) {
        return views.details(run);
    }

    /** Why a run stands where it stands, the most important first; never empty. */
    public List<Explanation> why(RunSummary run) {
        return diagnoses.why(run, clock.now());
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

    /** Ends the engine: gives its runs back, stops its environment. Attempts in progress are interrupted. */
    @Override
    public void close() {
        try {
            log.flush();
            leave();
        } finally {
            writes.close();
            environment.close();
        }
    }
}
