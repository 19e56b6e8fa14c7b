package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the options of {@code run:list}. */
@Service
public final class ListOptions extends Choices {

    @Override
    Collection<String> choices(CommandLine line) {
        return List.of("--status", "--workflow", "--limit", "--after", "--format");
    }
}
