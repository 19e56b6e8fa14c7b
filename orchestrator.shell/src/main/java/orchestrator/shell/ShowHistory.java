package orchestrator.shell;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.RunDetails;
import orchestrator.shell.input.RunTerms;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
import orchestrator.shell.output.Times;
import orchestrator.shell.output.Trees;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:history}. */
@Service
@Command(
        scope = "run",
        name = "history",
        description = "Shows a run's journal: what happened, in order",
        detailedDescription =
                """
                Examples:
                  run:history 01a20701
                  run:history 01a20701 --from 1001 --limit 500
                  run:history 01a20701 --at 17
                  run:history 01a20701 --format json""")
public final class ShowHistory extends ItemAction {
    private static final int MAX = 10_000;

    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Option(name = "--from", description = "The first entry wanted")
    private String from = "1";

    @Option(name = "--limit", description = "How many at most, 1 to 10000")
    private String limit = "1000";

    @Option(
            name = "--at",
            description =
                    "Show where the run and its steps stood after this entry, and nothing else")
    private String at;

    @Override
    Answer answer() {
        if (at != null) {
            return at(runId(id));
        }
        long first = Words.number("--from", from, 1, Long.MAX_VALUE - MAX);
        int most = (int) Words.number("--limit", limit, 1, MAX);
        String runId = runId(id);
        List<HistoryEntry> entries = states().getWorkflowHistory(runId, first, most);
        return Answer.of(
                Trees.ofRun(runId, "entries", entries.stream().map(Trees::of).toList()),
                page -> {
                    new RunPages(page, times()).history(entries);
                    if (entries.size() == most) {
                        page.line(
                                "There may be more: run:history %s --from %d"
                                        .formatted(runId, first + most));
                    }
                });
    }

    private Answer at(String runId) {
        long last = last(runId);
        long number = Words.number("--at", at, 1, last);
        RunDetails then = states().getWorkflowHistory(runId, number);
        Instant time = states().getWorkflowHistory(runId, number, 1).get(0).at();
        return Answer.of(
                Trees.of(then),
                page -> {
                    page.line(
                            "As of entry %,d of %,d, %s:"
                                    .formatted(number, last, Times.exact(time)));
                    new RunPages(page, new Times(InstantSource.fixed(time)))
                            .status(then, RunTerms.of(runId, states()));
                });
    }

    /** The number of the last entry; there are no gaps, so few looks find it. */
    private long last(String runId) {
        long there = 1;
        long beyond = 2;
        while (isThere(runId, beyond)) {
            there = beyond;
            beyond *= 2;
        }
        while (beyond - there > 1) {
            long between = there + (beyond - there) / 2;
            if (isThere(runId, between)) {
                there = between;
            } else {
                beyond = between;
            }
        }
        return there;
    }

    private boolean isThere(String runId, long entry) {
        return !states().getWorkflowHistory(runId, entry, 1).isEmpty();
    }
}
