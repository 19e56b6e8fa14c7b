package orchestrator.shell;

import java.util.Arrays;
import java.util.Collection;
import orchestrator.api.run.RunStatus;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes statuses of runs, also after a comma. */
@Service
public final class Statuses extends Choices {

    @Override
    Collection<String> choices(CommandLine line) {
        String typed = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        String before = typed.substring(0, typed.lastIndexOf(',') + 1);
        return Arrays.stream(RunStatus.values()).map(status -> before + status.name()).toList();
    }
}
