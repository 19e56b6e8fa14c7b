package orchestrator.api.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a claim.
 *
 * @param runs the runs that the node owns from now on
 * @param nextWakeAt the earliest {@code wakeAt} among the runs without an owner that were not claimed
 * @param storeTime the store's time of the claim
 */
public record Claims(List<ClaimedRun> runs, Optional<Instant> nextWakeAt, Instant storeTime) {
    public Claims {
        runs = List.copyOf(runs);
    }
}
