package orchestrator.testkit.state;

import java.time.Duration;
import java.util.concurrent.Callable;
import orchestrator.testkit.TestStore;

/** The store's clock is behind that of the node: the node's is fast. */
public final class ClockBehindContract extends ClockContract {
    /** By so much. */
    public static final Duration AHEAD = Duration.ofDays(-1);

    /** For the suite. */
    public ClockBehindContract(Callable<TestStore> stores) {
        super(stores, AHEAD);
    }
}
