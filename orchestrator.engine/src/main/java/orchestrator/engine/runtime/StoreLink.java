package orchestrator.engine.runtime;

import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;

/** The store as it is now: it may be away for a while. Thread safe. */
public final class StoreLink {
    /** The incarnation of no lease. */
    static final long NONE = -1;

    private final AtomicReference<StateBackend> backend = new AtomicReference<>();
    private final AtomicReference<Held> held = new AtomicReference<>();

    private volatile boolean silent;

    /** A lease, and the elapsed time of this node when it was asked for. */
    private record Held(NodeLease lease, long asked) {}

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
        return backend.get() != null && held.get() != null;
    }

    /** Whether the backend that is there now is volatile. */
    boolean isVolatile() {
        StateBackend now = backend.get();
        return now != null && now.isVolatile();
    }

    /** This node's membership. */
    public NodeLease lease() {
        Held now = held.get();
        if (now == null) {
            throw new StateUnavailableException(
                    "Expected this node to be a member of the store, but it has not entered yet",
                    null);
        }
        return now.lease;
    }

    boolean hasLease() {
        return held.get() != null;
    }

    /** Of the present lease, or {@link #NONE}. */
    long incarnation() {
        Held now = held.get();
        return now == null ? NONE : now.lease.incarnation();
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

    /**
     * Whether the lease of that incarnation has not run out, as far as this node knows. It goes by elapsed time alone: the
     * clock of a store may be set back, and that of a node never goes back.
     *
     * @param nanos the present elapsed time
     */
    boolean holds(long incarnation, long nanos) {
        Held now = held.get();
        return now != null
                && now.lease.incarnation() == incarnation
                && nanos - now.asked < now.lease.duration().toNanos();
    }

    /** @param asked the elapsed time before the store was asked for it */
    void lease(NodeLease newLease, long asked) {
        held.set(new Held(newLease, asked));
    }

    /** This node is no member of the store. */
    void forgetLease() {
        held.set(null);
    }

    void attach(StateBackend newBackend) {
        backend.set(newBackend);
    }

    boolean detach(StateBackend old) {
        return backend.compareAndSet(old, null);
    }
}
