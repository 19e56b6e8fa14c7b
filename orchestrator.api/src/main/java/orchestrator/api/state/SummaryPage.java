package orchestrator.api.state;

import java.util.List;
import java.util.Optional;

/**
 * A part of the runs that fit a query.
 *
 * @param runs newest first
 * @param next where the next page begins; empty if there is none
 */
public record SummaryPage(List<RunSummary> runs, Optional<RunCursor> next) {
    public SummaryPage {
        runs = List.copyOf(runs);
    }
}
