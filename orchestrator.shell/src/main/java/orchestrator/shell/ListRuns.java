package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import orchestrator.api.run.Page;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.shell.input.RunIds;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:list}. */
@Service
@Command(
        scope = "run",
        name = "list",
        description = "Lists runs, newest first",
        detailedDescription =
                """
                Runs that other runs started are left out, unless they are asked for by --children, --workflow or --status.
                Examples:
                  run:list
                  run:list --children 01a207d546c4
                  run:list --status failed,waiting --workflow knowledge_processing
                  run:list --limit 100 --format json""")
public final class ListRuns extends ListAction {
    private static final int MAX = 1000;

    @Option(
            name = "--status",
            description = "Only runs in these statuses, with commas between them")
    @Completion(Statuses.class)
    private String status;

    @Option(name = "--workflow", description = "Only runs of this workflow")
    @Completion(WorkflowNames.class)
    private String workflow;

    @Option(
            name = "--children",
            description = "Only runs that this run started; the beginning of its id is enough")
    @Completion(RecentRuns.class)
    private String children;

    @Option(name = "--limit", description = "How many at most, 1 to 1000")
    private String limit = "20";

    @Option(name = "--after", description = "Where the page before this one ended, as it said")
    private String after;

    @Override
    Answer answer(Screen screen) {
        Page<RunInfo> found = states().find(filter());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("runs", found.items().stream().map(Trees::of).toList());
        tree.put("next", found.next().orElse(null));
        return Answer.of(tree, page -> show(page, found));
    }

    private void show(Screen screen, Page<RunInfo> found) {
        new RunPages(screen, times()).list(found.items(), ids(screen, found.items()));
        found.next().ifPresent(next -> screen.line("There are more: run:list --after " + next));
    }

    /** Only people have beginnings of ids: what is piped may be read much later. */
    private UnaryOperator<String> ids(Screen screen, List<RunInfo> runs) {
        if (!screen.terminal() || runs.isEmpty()) {
            return UnaryOperator.identity();
        }
        return new RunIds(workflows(), states()).beginnings(runs.stream().map(RunInfo::id).toList())
                ::of;
    }

    private RunFilter filter() {
        RunFilter filter = RunFilter.all().limit((int) Words.number("--limit", limit, 1, MAX));
        filter = status == null ? filter : filter.status(Words.statuses(status));
        filter = workflow == null ? filter : filter.workflow(workflow);
        if (children != null) {
            filter = filter.childrenOf(runId(children));
        } else if (workflow == null && status == null) {
            filter = filter.topLevel();
        }
        return after == null ? filter : filter.after(after);
    }
}
