package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;

/** The store as it is now: it may be away for a while. Thread safe. */
public final class StoreLink {
    /** The incarnation of no lease. */
    static final long NONE = -1;

    private final AtomicReference<StateBackend> backend = new AtomicReference<>();
    private final AtomicReference<NodeLease> lease = new AtomicReference<>();

    private volatile boolean silent;

    /** The backend. */
    public StateBackend backend() {
        StateBackend now = backend.get();
        if (now == null) {
            throw new StateUnavailableException(
                    "Expected a StateBackend, but there is none at the moment", null);
        }
        return now;
    }

    /** Whether a backend is there and this node is its member. */
    public boolean isUp() {
        return backend.get() != null && lease.get() != null;
    }

    /** Whether the backend that is there now is volatile. */
    boolean isVolatile() {
        StateBackend now = backend.get();
        return now != null && now.isVolatile();
    }

    /** This node's membership. */
    public NodeLease lease() {
        NodeLease now = lease.get();
        if (now == null) {
            throw new StateUnavailableException(
                    "Expected this node to be a member of the store, but it has not entered yet",
                    null);
        }
        return now;
    }

    boolean hasLease() {
        return lease.get() != null;
    }

    /** Of the present lease, or {@link #NONE}. */
    long incarnation() {
        NodeLease now = lease.get();
        return now == null ? NONE : now.incarnation();
    }

    /** Whether the lease of that incarnation is not this node's any more. */
    boolean isOver(long incarnation) {
        return incarnation() != incarnation;
    }

    /** Whether the newest call of a writer was not answered. */
    boolean isSilent() {
        return silent;
    }

    void silent(boolean noAnswer) {
        silent = noAnswer;
    }

    /** Whether the lease of that incarnation has not run out, as far as this node knows. */
    boolean holds(long incarnation, Instant at) {
        NodeLease now = lease.get();
        return now != null
                && now.incarnation() == incarnation
                && at.isBefore(now.storeTime().plus(now.duration()));
    }

    void lease(NodeLease newLease) {
        lease.set(newLease);
    }

    void attach(StateBackend newBackend) {
        backend.set(newBackend);
    }

    boolean detach(StateBackend old) {
        return backend.compareAndSet(old, null);
    }
}
