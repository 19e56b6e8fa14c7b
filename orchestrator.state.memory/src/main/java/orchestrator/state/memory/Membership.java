package orchestrator.state.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import orchestrator.api.state.NodeLease;

/**
 * One incarnation of a node, and which of its runs have mail. Runs are taken under the read lock and the end comes under
 * the write lock: after the end no run becomes this node's, and those that are can be found by looking at all runs. That
 * is rare; a set of its runs would cost each creation and release.
 */
final class Membership {
    private final String node;
    private final long incarnation;
    private final Duration duration;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<MemoryRun> withMail =
            new ConcurrentSkipListSet<>(Comparator.comparing(MemoryRun::id));
    private volatile Instant expires;
    private volatile boolean fenced;

    Membership(String node, long incarnation, Duration duration, Instant now) {
        this.node = node;
        this.incarnation = incarnation;
        this.duration = duration;
        this.expires = now.plus(duration);
    }

    String node() {
        return node;
    }

    long incarnation() {
        return incarnation;
    }

    ReadWriteLock lock() {
        return lock;
    }

    boolean isFenced() {
        return fenced;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    Instant expires() {
        return expires;
    }

    void prolong(Instant now) {
        expires = now.plus(duration);
    }

    NodeLease lease(Instant now) {
        return new NodeLease(node, incarnation, duration, now);
    }

    /** An owned run has messages that were not consumed, or has none any more. */
    void mail(MemoryRun run, boolean waits) {
        if (waits) {
            withMail.add(run);
        } else {
            withMail.remove(run);
        }
    }

    /** Owned runs with messages, by id. */
    Collection<MemoryRun> withMail() {
        return withMail;
    }

    /** Ends it, once the creations and claims that are under way for it are done. */
    void fence() {
        lock.writeLock().lock();
        try {
            fenced = true;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
