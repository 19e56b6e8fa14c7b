package orchestrator.api.state;

import java.util.List;

/**
 * A run that a node owns from now on.
 *
 * @param summary its summary
 * @param epoch the new epoch
 * @param lastSequence the journal's last sequence
 * @param fruitlessClaims how many claims in a row, this one included, found the journal at the same sequence
 * @param takenOver whether its last owner did not release it: that owner's lease is over, and work may have been lost
 * @param inbox its messages that were not consumed, by number
 * @param inboxTail the number of the newest message ever posted to it, 0 if none
 */
public record ClaimedRun(
        RunSummary summary,
        long epoch,
        long lastSequence,
        int fruitlessClaims,
        boolean takenOver,
        List<Mail> inbox,
        long inboxTail) {
    public ClaimedRun {
        inbox = List.copyOf(inbox);
    }
}
