package orchestrator.api.state;

import java.util.List;

/**
 * One addition to the journal of one run.
 *
 * @param run the run
 * @param epoch the epoch under which the node owns it
 * @param appendId tells this append from every other of the run, 1 to 64 visible ASCII characters; the same for each repetition
 * @param entries at least one unless {@code release}; numbered on from the journal's last
 * @param lastSequence the journal's last sequence before this append
 * @param consumed numbers of the inbox messages that these entries take in
 * @param inboxSeen the newest inbox number that the node has seen, 0 if none
 * @param summary the new summary, or null if it has not changed; with a final status the run ends with this append
 * @param release whether the run loses its owner
 */
public record Append(
        String run,
        long epoch,
        String appendId,
        List<Entry> entries,
        long lastSequence,
        List<Long> consumed,
        long inboxSeen,
        RunSummary summary,
        boolean release) {
    public Append {
        entries = List.copyOf(entries);
        consumed = List.copyOf(consumed);
    }

    /** Whether the run ends with this append. */
    public boolean ends() {
        return summary != null && summary.status().isFinal();
    }
}
