package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateException;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node comes by runs: it asks its store for those that are due, in portions, as far as there is room. Runs are
 * read back elsewhere, so that a claim costs the node's thread no more than its call of the store.
 *
 * <p>When other nodes are members too, portions are small and follow each other after a random pause: what a dead node
 * has left is then shared among those that live, and does not go to whoever looks first.
 */
final class Claiming {
    private static final Logger LOG = LoggerFactory.getLogger(Claiming.class);
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);
    private static final Duration FRUITLESS_PAUSE = Duration.ofSeconds(1);
    private static final int PORTION_ALONE = 1000;
    private static final int PORTION_AMONG_OTHERS = 50;
    private static final Duration SHORT_PAUSE = Duration.ofMillis(10);

    /** After a portion of what a dead node has left: it lies there until the others look, see {@link Node}. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(100);

    private final StoreLink store;
    private final NodeClock clock;
    private final Runs runs;
    private final Scheduler scheduler;
    private final Executor executor;
    private final DoubleSupplier random;
    private final Supplier<List<String>> there;
    private final Set<String> offered = new TreeSet<>(); // guarded by itself

    private volatile boolean closed;
    private volatile boolean among = true; // other nodes may be members
    private volatile boolean more; // the last claim was cut short by the room there was
    private volatile boolean scheduled;
    private Scheduler.Timer wake;
    private Instant wakesAt = Instant.MAX;

    /**
     * @param executor the node's thread
     * @param there the wait keys of all that runs can have here
     */
    Claiming(
            StoreLink store,
            NodeClock clock,
            Runs runs,
            Scheduler scheduler,
            Executor executor,
            DoubleSupplier random,
            Supplier<List<String>> there) {
        this.store = store;
        this.clock = clock;
        this.runs = runs;
        this.scheduler = scheduler;
        this.executor = executor;
        this.random = random;
        this.there = there;
    }

    /** How many nodes are members of the store, this one among them. */
    void members(int count) {
        among = count > 1;
    }

    /** The next claim asks also for runs that wait for the given keys. */
    void offer(Collection<String> waitKeys) {
        synchronized (offered) {
            offered.addAll(waitKeys);
        }
    }

    /** Asks for runs soon, also for those that wait for the given keys. */
    void soon(Collection<String> waitKeys) {
        offer(waitKeys);
        if (!scheduled && !closed) {
            scheduled = true;
            executor.execute(this::claimOrWait);
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
                        soon(List.of());
                    }
                });
    }

    /** Nothing is claimed any more. */
    void close() {
        closed = true;
    }

    // -- the node's thread
    // ------------------------------------------------------------------------------------------

    private void claimOrWait() {
        try {
            claim();
        } catch (NodeFencedException e) {
            LOG.debug("The lease is over; the node's next look at its store sees to it", e);
        }
    }

    /**
     * Takes a portion of what is due.
     *
     * @throws NodeFencedException if the lease is over
     */
    void claim() {
        scheduled = false;
        if (closed || !store.isUp()) {
            return;
        }
        List<String> keys;
        synchronized (offered) {
            keys = new ArrayList<>(offered);
            offered.clear();
        }
        keys.retainAll(there.get()); // what left meanwhile would be claimed for in vain
        more = true; // until it is known: a run that leaves from here on asks once more
        int room = runs.room().left();
        int portion = Math.min(room, among ? PORTION_AMONG_OTHERS : PORTION_ALONE);
        try {
            Claims claims = store.backend().claim(store.lease(), portion, keys);
            clock.sync(claims.storeTime());
            claims.runs().forEach(runs::take);
            more = claims.runs().size() >= portion;
            if (more) {
                offer(keys);
            }
            if (more && portion < room) {
                goOn(claims.runs().stream().anyMatch(ClaimedRun::takenOver));
            }
            claims.nextWakeAt()
                    .filter(at -> !more || at.isAfter(clock.now())) // what is due waits for room
                    .map(at -> claims.runs().isEmpty() ? notAtOnce(at) : at)
                    .ifPresent(this::wakeAt);
        } catch (NodeFencedException e) {
            offer(keys);
            throw e;
        } catch (StateException e) {
            offer(keys);
            LOG.debug("The store did not take a claim; the next look tries again", e);
        }
    }

    /** What is due and was not given, though there was room, is not asked for in a tight circle. */
    private Instant notAtOnce(Instant at) {
        Instant now = clock.now();
        return at.isAfter(now) ? at : now.plus(FRUITLESS_PAUSE);
    }

    private void goOn(boolean takingOver) {
        if (among && takingOver) {
            members(store.backend().nodes().size()); // it may have been the only other
        }
        if (among) {
            Duration pause = takingOver ? LONG_PAUSE : SHORT_PAUSE;
            Duration jittered =
                    Jitter.between(pause.dividedBy(2), pause.multipliedBy(3).dividedBy(2), random);
            scheduler.schedule(jittered, () -> soon(List.of()));
        } else {
            soon(List.of());
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
                                            claimOrWait();
                                        }));
    }
}
