package orchestrator.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the steps of the run that is named before, and {@code run} for the run itself. */
@Service
public final class StepNames extends Choices {
    @Reference(optional = true)
    private WorkflowManager workflows;

    @Override
    Collection<String> choices(CommandLine line) {
        if (workflows == null) {
            return List.of();
        }
        return Arrays.stream(line.getArguments())
                .skip(1)
                .flatMap(word -> workflows.getWorkflowStatus(word).stream())
                .flatMap(
                        run ->
                                Stream.concat(
                                        Stream.of("run"), run.steps().stream().map(StepInfo::name)))
                .toList();
    }
}
