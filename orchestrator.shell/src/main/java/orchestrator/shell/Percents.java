package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes how far something has come; any other number is as good. */
@Service
public final class Percents extends Choices {
    @Override
    Collection<String> choices(CommandLine line) {
        return List.of("0", "25", "50", "75", "100");
    }
}
