package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's membership of its store: it enters, keeps its lease, and looks at its store about each second: for mail to
 * its runs, for runs that are due, for the ends of runs elsewhere. Each look is a fixed number of calls, however many
 * runs there are. All of it on one thread, never on that of a run.
 *
 * <p>What another node does is therefore known here within {@link EngineSetup#look}: a command, the end of a run, the
 * orderly leave of a node. The end of a node that died is known that long after its lease.
 */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int BEATS_IN_A_LEASE = 3;
    private static final int LOOKS_IN_A_LEASE = 6;

    /** How long an engine that stops waits until the store knows. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** How long it waits for appends that are on their way. */
    private static final Duration LAST_APPENDS = Duration.ofSeconds(1);

    private final EngineSetup setup;
    private final StoreLink store;
    private final NodeClock clock;
    private final Runs runs;
    private final Environment environment;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Offers offers;
    private final Runnable afterLook;
    private final Claiming claiming;

    private volatile Runnable onReady = () -> {};
    private volatile boolean closed;
    private boolean looking;
    private Instant lastBeat = Instant.MIN;

    /**
     * @param offers what runs can have here
     */
    Node(
            EngineSetup setup,
            StoreLink store,
            NodeClock clock,
            Runs runs,
            Environment environment,
            Offers offers,
            Runnable afterLook) {
        this.setup = setup;
        this.store = store;
        this.clock = clock;
        this.runs = runs;
        this.environment = environment;
        this.scheduler = environment.scheduler();
        this.executor = environment.node();
        this.offers = offers;
        this.afterLook = afterLook;
        this.claiming =
                new Claiming(
                        store, clock, runs, scheduler, executor, environment::random, offers::keys);
    }

    /** Is called each time the node has entered a store and begun to recover. */
    void onReady(Runnable listener) {
        onReady = listener;
    }

    void attach(StateBackend backend) {
        store.attach(backend);
        executor.execute(this::join);
    }

    void detach(StateBackend backend) {
        store.detach(backend);
    }

    /** Asks for runs soon, also for those that wait for the given keys. */
    void claimSoon(Collection<String> waitKeys) {
        claiming.soon(waitKeys);
    }

    /** A run has left memory: there is room, and it may have a time to come back. */
    void runLeft(Instant wakeAt) {
        claiming.runLeft(wakeAt);
    }

    /**
     * Ends the work for all runs and gives them back. It is said on the node's thread, so that it comes after whatever that
     * thread is about: a node that was just entering would else be a member for another lease, and drive nothing. Work ends
     * before the lease does: another node may begin it again then.
     */
    void leave() {
        if (closed) {
            return;
        }
        closed = true;
        claiming.close();
        CompletableFuture<Void> settled = runs.stop();
        CompletableFuture<Void> said = new CompletableFuture<>();
        executor.execute(
                () -> {
                    awaitAppends(settled);
                    sayGoodbye();
                    said.complete(null);
                });
        try {
            environment.await(said, GOODBYE);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "The store did not answer when the node left; others take its runs when its lease of {} is over",
                    setup.lease());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is on its way to a store that answers arrives there first. */
    private void awaitAppends(CompletableFuture<Void> settled) {
        if (!store.isUp() || store.isSilent()) {
            return;
        }
        try {
            environment.await(settled, LAST_APPENDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("The node leaves while appends are on their way: their work is done again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodbye() {
        try {
            if (store.isUp()) {
                store.backend().leave(store.lease());
            }
        } catch (StateException e) {
            LOG.info("The node could not say good-bye to its store: {}", e.getMessage());
        }
    }

    // -- the node's thread
    // ------------------------------------------------------------------------------------------

    private void join() {
        try {
            if (store.hasLease()) {
                heartbeat();
            } else {
                enter();
            }
        } catch (StateException e) {
            LOG.warn("The store cannot be entered yet: {}", e.getMessage());
        } finally {
            if (!looking) {
                looking = true;
                scheduleLook();
            }
        }
    }

    private void enter() {
        if (closed) {
            return;
        }
        long asked = clock.nanoTime();
        NodeLease entered = store.backend().enter(setup.node(), setup.lease());
        clock.sync(entered.storeTime());
        store.lease(entered, asked);
        lastBeat = clock.now();
        LOG.info(
                "Node {} has entered its store (incarnation {})",
                setup.node(),
                entered.incarnation());
        offerAll();
        claiming.claim();
        onReady.run();
    }

    private void heartbeat() {
        try {
            long asked = clock.nanoTime();
            NodeLease renewed = store.backend().heartbeat(store.lease());
            clock.sync(renewed.storeTime());
            store.lease(renewed, asked);
            lastBeat = clock.now();
            claiming.members(store.backend().nodes().size());
            offerAll(); // a node that lacks it may have put a run down meanwhile
        } catch (NodeFencedException e) {
            enterAgain(e);
        }
    }

    private void offerAll() {
        offers.know(store.backend().share(List.of()));
        claiming.offer(offers.keys());
    }

    private void enterAgain(NodeFencedException e) {
        LOG.warn(
                "This node's lease is over ({}); it forgets its runs and enters again",
                e.getMessage());
        store.forgetLease();
        runs.abandonAll("the node's lease is over");
        enter();
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            if (!store.hasLease()) {
                enter();
            } else {
                if (isBeatDue()) {
                    heartbeat();
                }
                runs.settle();
                runs.deliver(store.backend().mail(store.lease()));
                claiming.claim();
            }
            afterLook.run();
        } catch (NodeFencedException e) {
            fenced(e);
        } catch (StateException e) {
            LOG.debug("The store did not answer when the node looked at it", e);
        } catch (RuntimeException e) {
            LOG.error("A look at the store met an error that nobody expected; the next follows", e);
        } finally {
            scheduleLook();
        }
    }

    private void fenced(NodeFencedException found) {
        try {
            enterAgain(found);
        } catch (StateException e) {
            LOG.debug("The store cannot be entered again yet", e);
        }
    }

    /** It comes with a look, and must not be late. */
    private boolean isBeatDue() {
        Duration interval = setup.lease().dividedBy(BEATS_IN_A_LEASE).minus(longestLook());
        return !clock.now().isBefore(lastBeat.plus(interval));
    }

    private Duration longestLook() {
        Duration share = setup.lease().dividedBy(LOOKS_IN_A_LEASE);
        return share.compareTo(setup.look()) < 0 ? share : setup.look();
    }

    private void scheduleLook() {
        Duration longest = longestLook();
        scheduler.schedule(
                Jitter.between(longest.multipliedBy(3).dividedBy(4), longest, environment::random),
                () -> executor.execute(this::look));
    }
}
