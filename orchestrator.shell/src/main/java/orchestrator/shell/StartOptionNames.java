package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the options of commands that start runs, after their arguments. */
@Service
public final class StartOptionNames extends Choices {
    static final List<String> NAMES = List.of("--wait", "--key", "--input", "--format");

    @Override
    Collection<String> choices(CommandLine line) {
        return NAMES;
    }
}
