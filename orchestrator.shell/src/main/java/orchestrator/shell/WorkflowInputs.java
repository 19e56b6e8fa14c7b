package orchestrator.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import orchestrator.shell.input.DeclaredInputs;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the inputs that a workflow declares, and the options. */
@Service
public final class WorkflowInputs extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        List<String> words = new ArrayList<>();
        if (workflows != null) {
            List<WorkflowInfo> all = workflows.workflows();
            List<String> typed = Arrays.asList(line.getArguments());
            typed.stream()
                    .skip(1)
                    .map(word -> DeclaredInputs.of(word, all))
                    .flatMap(declared -> declared.keys().stream())
                    .filter(key -> typed.stream().noneMatch(word -> word.startsWith(key + "=")))
                    .forEach(key -> words.add(key + "="));
        }
        words.addAll(OptionNames.START);
        return words;
    }
}
