package orchestrator.api.state;

import java.util.List;

/**
 * A run to be created.
 *
 * @param summary its first summary
 * @param entries its first entries, numbered from 1
 * @param startKey the start key within its workflow, or null
 * @param inputHash a hash of the input, compared for an existing start key; null without one
 * @param owned whether the creating node owns it from the start
 */
public record NewRun(
        RunSummary summary, List<Entry> entries, String startKey, String inputHash, boolean owned) {
    public NewRun {
        entries = List.copyOf(entries);
    }
}
