package orchestrator.engine.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many more runs a node takes. Thread safe. */
final class Room {
    private final IntSupplier limit;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param limit how many at most; may change, and is then kept to by and by
     */
    Room(IntSupplier limit) {
        this.limit = limit;
    }

    int left() {
        return Math.max(0, limit.getAsInt() - taken.get());
    }

    /** Takes room for one more run, if there is any. */
    boolean reserve() {
        int most = limit.getAsInt();
        while (true) {
            int now = taken.get();
            if (now >= most) {
                return false;
            }
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Takes room for a run that the store has given to this node. */
    void take() {
        taken.incrementAndGet();
    }

    /** Gives room for one run back. */
    void giveBack() {
        taken.decrementAndGet();
    }
}
