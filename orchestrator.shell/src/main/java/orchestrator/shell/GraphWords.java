package orchestrator.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the name of a workflow, then its versions, and the options. */
@Service
public final class GraphWords extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        List<String> words = new ArrayList<>();
        if (workflows != null) {
            int at = Math.max(1, line.getCursorArgumentIndex());
            Set<String> before = Set.copyOf(List.of(line.getArguments()).subList(1, at));
            List<WorkflowInfo> all = workflows.workflows();
            all.stream()
                    .filter(workflow -> before.contains(workflow.name()))
                    .map(WorkflowInfo::version)
                    .filter(version -> !version.isEmpty())
                    .forEach(words::add);
            if (words.isEmpty()) {
                all.stream().map(WorkflowInfo::name).forEach(words::add);
            }
        }
        words.addAll(OptionNames.of(line));
        return words;
    }
}
