package orchestrator.shell;

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
            Map.of(
                    "run:status",
                    List.of("--output", "--follow", "--format"),
                    "run:history",
                    List.of("--from", "--limit", "--at", "--format"),
                    "run:list",
                    List.of("--status", "--workflow", "--limit", "--after", "--format"),
                    "task:run",
                    START,
                    "run:signal",
                    List.of("--input", "--message-id", "--format"),
                    "run:migrate",
                    List.of("--to", "--dry-run", "--format"),
                    "run:retry",
                    List.of("--wait", "--input", "--format"),
                    "orchestrator:repair",
                    List.of("--apply", "--format"),
                    "orchestrator:cleanup",
                    List.of(
                            "--older-than",
                            "--status",
                            "--stale",
                            "--cancel",
                            "--apply",
                            "--format"));

    @Override
    Collection<String> choices(CommandLine line) {
        return OF.getOrDefault(line.getArguments()[0], List.of("--format"));
    }
}
