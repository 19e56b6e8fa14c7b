package orchestrator.shell;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the options of a command after its arguments. Every command has {@code --format}. */
@Service
public final class OptionNames extends Choices {
    static final List<String> START =
            List.of(
                    "--wait",
                    "--key",
                    "--input",
                    "--priority",
                    "--timeout",
                    "--concurrency",
                    "--format");

    private static final Map<String, List<String>> OF =
            Map.ofEntries(
                    entry("run:status", List.of("--output", "--follow", "--format")),
                    entry("workflow:show", List.of("--version", "--format")),
                    entry("workflow:graph", List.of("--run", "--format")),
                    entry("run:history", List.of("--from", "--limit", "--at", "--format")),
                    entry(
                            "run:list",
                            List.of(
                                    "--status",
                                    "--workflow",
                                    "--children",
                                    "--label",
                                    "--since",
                                    "--until",
                                    "--text",
                                    "--watch",
                                    "--for",
                                    "--limit",
                                    "--after",
                                    "--format")),
                    entry("task:run", START),
                    entry(
                            "task:parallel",
                            START.stream().filter(option -> !option.equals("--input")).toList()),
                    entry("run:signal", List.of("--input", "--message-id", "--format")),
                    entry("run:save", List.of("--input", "--remove", "--format")),
                    entry("run:migrate", List.of("--to", "--dry-run", "--format")),
                    entry("run:retry", List.of("--wait", "--input", "--format")),
                    entry("orchestrator:repair", List.of("--apply", "--format")),
                    entry(
                            "orchestrator:cleanup",
                            List.of(
                                    "--older-than",
                                    "--status",
                                    "--stale",
                                    "--cancel",
                                    "--apply",
                                    "--format")));

    @Override
    Collection<String> choices(CommandLine line) {
        return of(line);
    }

    static List<String> of(CommandLine line) {
        return OF.getOrDefault(line.getArguments()[0], List.of("--format"));
    }
}
