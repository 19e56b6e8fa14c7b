package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the option that every command has, after its arguments. */
@Service
public final class FormatOption extends Choices {

    @Override
    Collection<String> choices(CommandLine line) {
        return List.of("--format");
    }
}
