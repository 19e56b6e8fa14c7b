package orchestrator.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the signals that the steps of the run wait for which is named before. */
@Service
public final class SignalNames extends Choices {
    private static final String SIGNAL = "signal:";

    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        return workflows == null
                ? List.of()
                : Arrays.stream(line.getArguments())
                        .skip(1)
                        .flatMap(word -> workflows.getWorkflowStatus(word).stream())
                        .flatMap(run -> run.steps().stream())
                        .filter(step -> !step.status().isFinal())
                        .map(StepInfo::task)
                        .filter(task -> task.startsWith(SIGNAL))
                        .map(task -> task.substring(SIGNAL.length()))
                        .toList();
    }
}
