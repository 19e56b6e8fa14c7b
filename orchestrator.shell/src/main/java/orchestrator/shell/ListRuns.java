package orchestrator.shell;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import orchestrator.api.run.Page;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.shell.input.Moments;
import orchestrator.shell.input.RunIds;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.Watch;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.completers.StringsCompleter;

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
                  run:list --label team=blue --label stage=test --since 2h
                  run:list --since 2026-11-23 --until 2026-11-23T12:00:00Z --text "disk is full"
                  run:list --status running --watch --for 10m
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

    @Option(
            name = "--label",
            multiValued = true,
            description = "Only runs with this label, key=value; may be given several times")
    @Completion(LabelWords.class)
    private List<String> labels = List.of();

    @Option(
            name = "--since",
            description =
                    "Only runs created then or later: an instant, a date (UTC), or how long ago, such as 2h")
    @Completion(
            value = StringsCompleter.class,
            values = {"1h", "1d", "7d"})
    private String since;

    @Option(
            name = "--until",
            description =
                    "Only runs created before: an instant, a date (UTC), or how long ago, such as 2h")
    @Completion(
            value = StringsCompleter.class,
            values = {"1h", "1d", "7d"})
    private String until;

    @Option(
            name = "--text",
            description =
                    "Only runs in whose id, workflow, error, reason or labels this occurs; looks through 10,000 runs a page")
    private String text;

    @Option(
            name = "--watch",
            description =
                    "Show them as they come along, every second, until Ctrl-C or a key; without a terminal a line for each change")
    private boolean watch;

    @Option(name = "--for", description = "How long --watch goes on at most")
    private String watchFor = "1h";

    @Option(name = "--limit", description = "How many at most, 1 to 1000")
    private String limit = "20";

    @Option(name = "--after", description = "Where the page before this one ended, as it said")
    private String after;

    @Override
    Answer answer(Screen screen) throws InterruptedException {
        RunFilter filter = filter();
        if (watch) {
            watch(screen, filter);
            return Answer.of(null, page -> {});
        }
        Page<RunInfo> found = states().find(filter);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("runs", found.items().stream().map(Trees::of).toList());
        tree.put("next", found.next().orElse(null));
        return Answer.of(tree, page -> show(page, found));
    }

    private void watch(Screen screen, RunFilter filter) throws InterruptedException {
        if (isJson()) {
            throw new IllegalArgumentException(
                    "Expected either --watch or --format json, but found both.");
        }
        Terminal terminal = session().getTerminal();
        new Watch(
                        () -> states().find(filter),
                        this::show,
                        screen,
                        terminal == null ? 0 : terminal.getHeight(),
                        new Patience(session().getKeyboard(), Words.duration("--for", watchFor)))
                .show();
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
        for (String label : labels) {
            Map.Entry<String, String> pair = Words.pair("--label", label);
            filter = filter.label(pair.getKey(), pair.getValue());
        }
        filter = text == null ? filter : filter.text(text);
        filter = created(filter, new Moments(Clock.systemUTC()));
        return after == null ? filter : filter.after(after);
    }

    private RunFilter created(RunFilter filter, Moments moments) {
        RunFilter from =
                since == null ? filter : filter.createdSince(moments.read("--since", since));
        RunFilter to = until == null ? from : from.createdBefore(moments.read("--until", until));
        if (since != null
                && until != null
                && !to.createdSince().orElseThrow().isBefore(to.createdBefore().orElseThrow())) {
            throw new IllegalArgumentException(
                    "Expected --since before --until, but found '%s' and '%s'."
                            .formatted(since, until));
        }
        return to;
    }
}
