package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Table;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:count}. */
@Service
@Command(
        scope = "run",
        name = "count",
        description = "Says how many runs there are in each status",
        detailedDescription =
                """
                Examples:
                  run:count
                  run:count --format json""")
public final class CountRuns extends ListAction {
    @Override
    Answer answer(Screen screen) {
        Map<RunStatus, Long> counts = new TreeMap<>(states().count());
        Map<String, Long> tree = new LinkedHashMap<>();
        counts.forEach((status, runs) -> tree.put(status.name(), runs));
        return Answer.of(tree, page -> show(page, counts));
    }

    private static void show(Screen screen, Map<RunStatus, Long> counts) {
        Table table = new Table().status("Status").fixed("Runs");
        counts.forEach((status, runs) -> table.row(status, number(runs)));
        table.print(screen, "");
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        screen.line("%s in all.".formatted(Screen.count(all, "run")));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
