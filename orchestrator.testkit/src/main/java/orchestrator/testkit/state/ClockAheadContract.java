package orchestrator.testkit.state;

import java.time.Duration;
import java.util.concurrent.Callable;
import orchestrator.testkit.TestStore;

/** The store's clock is ahead of that of the node: the node's is slow. */
public final class ClockAheadContract extends ClockContract {
    /** By so much. */
    public static final Duration AHEAD = Duration.ofDays(1);

    /** For the suite. */
    public ClockAheadContract(Callable<TestStore> stores) {
        super(stores, AHEAD);
    }
}
