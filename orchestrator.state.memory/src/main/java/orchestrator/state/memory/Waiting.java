package orchestrator.state.memory;

import java.time.Instant;
import java.util.Set;

/**
 * What a run without an owner waits for.
 *
 * @param run the run
 * @param since since when it can be claimed, or since when it waits
 * @param ready whether it can be claimed whatever the time is
 * @param wakeAt when it is due, or null
 * @param keys what it waits for beside
 * @param priority higher is claimed first
 */
record Waiting(
        MemoryRun run,
        Instant since,
        boolean ready,
        Instant wakeAt,
        Set<String> keys,
        int priority) {

    /** The same, from now on claimable whatever the time is. */
    Waiting becomeReady(Instant now) {
        return new Waiting(run, now, true, wakeAt, keys, priority);
    }
}
