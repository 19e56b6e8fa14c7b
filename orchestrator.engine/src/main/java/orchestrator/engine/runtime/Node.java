package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's membership of its store: it enters, keeps its lease, claims runs that are due, and fetches mail. All of it
 * on one thread, never on that of a run.
 */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int BEATS_IN_A_LEASE = 3;
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);

    private final String id;
    private final Duration lease;
    private final StoreLink store;
    private final NodeClock clock;
    private final Runs runs;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Runnable afterBeat;
    private final Set<String> offered = new TreeSet<>(); // guarded by itself

    private volatile Runnable onReady = () -> {};
    private volatile boolean closed;
    private boolean beating;
    private volatile boolean more; // the last claim was cut short by the room there was
    private Scheduler.Timer wake;
    private Instant wakesAt = Instant.MAX;
    private volatile boolean claimScheduled;

    Node(
            String id,
            Duration lease,
            StoreLink store,
            NodeClock clock,
            Runs runs,
            Scheduler scheduler,
            Executor executor,
            Runnable afterBeat) {
        this.id = id;
        this.lease = lease;
        this.store = store;
        this.clock = clock;
        this.runs = runs;
        this.scheduler = scheduler;
        this.executor = executor;
        this.afterBeat = afterBeat;
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
        synchronized (offered) {
            offered.addAll(waitKeys);
        }
        if (!claimScheduled && !closed) {
            claimScheduled = true;
            executor.execute(this::claim);
        }
    }

    /** A run has left memory: there is room, and it may have a time to come back. */
    void runLeft(Instant wakeAt) {
        if (wakeAt == null && !more) {
            return;
        }
        executor.execute(
                () -> {
                    if (wakeAt != null) {
                        wakeAt(wakeAt);
                    }
                    if (more) {
                        claimSoon(List.of());
                    }
                });
    }

    /** Gives the runs back at once. */
    void leave() {
        closed = true;
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
            if (!beating) {
                beating = true;
                scheduleBeat();
            }
        }
    }

    private void enter() {
        if (closed) {
            return;
        }
        NodeLease entered = store.backend().enter(id, lease);
        clock.sync(entered.storeTime());
        store.lease(entered);
        LOG.info("Node {} has entered its store (incarnation {})", id, entered.incarnation());
        claim();
        onReady.run();
    }

    private void heartbeat() {
        try {
            NodeLease renewed = store.backend().heartbeat(store.lease());
            clock.sync(renewed.storeTime());
            store.lease(renewed);
        } catch (NodeFencedException e) {
            LOG.warn(
                    "This node's lease is over ({}); it forgets its runs and enters again",
                    e.getMessage());
            runs.abandonAll("the node's lease is over");
            store.lease(null);
            enter();
        }
    }

    private void beat() {
        if (closed) {
            return;
        }
        try {
            if (!store.hasLease()) {
                enter();
            } else {
                heartbeat();
                runs.settle();
                runs.deliver(store.backend().mail(store.lease()));
                claim();
            }
            afterBeat.run();
        } catch (StateException e) {
            LOG.debug("The store did not take a heartbeat", e);
        } catch (RuntimeException e) {
            LOG.error("A heartbeat met an error that nobody expected; the next one follows", e);
        } finally {
            scheduleBeat();
        }
    }

    private void scheduleBeat() {
        scheduler.schedule(lease.dividedBy(BEATS_IN_A_LEASE), () -> executor.execute(this::beat));
    }

    private void claim() {
        claimScheduled = false;
        if (closed || !store.isUp()) {
            return;
        }
        List<String> keys;
        synchronized (offered) {
            keys = new ArrayList<>(offered);
            offered.clear();
        }
        more = true; // until it is known: a run that leaves from here on asks once more
        int room = runs.room();
        try {
            Claims claims = store.backend().claim(store.lease(), room, keys);
            clock.sync(claims.storeTime());
            claims.runs().forEach(runs::take);
            more = claims.runs().size() >= room;
            if (more) {
                synchronized (offered) {
                    offered.addAll(keys);
                }
            }
            claims.nextWakeAt()
                    .filter(at -> !more || at.isAfter(clock.now())) // what is due waits for room
                    .ifPresent(this::wakeAt);
        } catch (StateException e) {
            synchronized (offered) {
                offered.addAll(keys);
            }
            LOG.debug("The store did not take a claim; the next heartbeat tries again", e);
        }
    }

    private void wakeAt(Instant at) {
        if (wake != null && !at.isBefore(wakesAt)) {
            return;
        }
        if (wake != null) {
            wake.cancel();
        }
        wakesAt = at;
        Duration delay = Duration.between(clock.now(), at);
        wake =
                scheduler.schedule(
                        delay.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : delay,
                        () ->
                                executor.execute(
                                        () -> {
                                            wake = null;
                                            wakesAt = Instant.MAX;
                                            claim();
                                        }));
    }
}
