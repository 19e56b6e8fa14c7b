package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the formats of a command. */
@Service
public final class Formats extends Choices {

    @Override
    Collection<String> choices(CommandLine line) {
        return line.getArguments()[0].equals("workflow:graph")
                ? List.of("table", "json", "mermaid")
                : List.of("table", "json");
    }
}
