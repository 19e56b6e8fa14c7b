package orchestrator.shell;

import java.util.List;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.RunDetails;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
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
            long entry = Words.number("--at", at, 1, Long.MAX_VALUE);
            RunDetails then = states().getWorkflowHistory(runId(id), entry);
            return Answer.of(Trees.of(then), page -> new RunPages(page, times()).status(then));
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
}
