package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.StateManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the labels that the newest runs have, as {@code key=value}. */
@Service
public final class LabelWords extends Choices {
    @Reference(optional = true)
    private StateManager states;

    @Override
    Collection<String> choices(CommandLine line) {
        return states == null
                ? List.of()
                : states.find(RunFilter.all().limit(200)).items().stream()
                        .flatMap(run -> run.labels().entrySet().stream())
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .filter(label -> label.matches("[A-Za-z0-9._:/=-]+"))
                        .toList();
    }
}
