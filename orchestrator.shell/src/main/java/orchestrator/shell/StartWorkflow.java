package orchestrator.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.shell.input.DeclaredInputs;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code workflow:run}. */
@Service
@Command(
        scope = "workflow",
        name = "run",
        description = "Starts a run of a workflow",
        detailedDescription =
                """
                A value is read as the type that the workflow declares for its key; if it declares none, as \
                JSON if it is a number, true, false, a list or an object, and else as text. Quote what the \
                shell would take for itself: spaces, braces, brackets, dollars.

                Examples:
                  workflow:run knowledge_processing content_path=/data/units output_path=/tmp/out
                  workflow:run knowledge_processing content_path=/data/units output_path=/tmp/out --wait
                  workflow:run report 'tags=["a","b"]' limit=10 --key nightly-2026-11-23
                  workflow:run report --input input.json --format json""")
public final class StartWorkflow extends StartWithInput {
    @Argument(index = 0, name = "NAME", required = true, description = "The workflow's name")
    @Completion(StartableWorkflows.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The input; options may also come here")
    @Completion(WorkflowInputs.class)
    private List<String> words = List.of();

    @Override
    DeclaredInputs declared() {
        return DeclaredInputs.of(name, workflows().workflows());
    }

    @Override
    RunHandle start(Map<String, Object> values, StartOptions options) {
        return workflows().executeWorkflow(name, values, options);
    }

    @Override
    Optional<Object> output(RunDetails run) {
        return Optional.empty();
    }

    @Override
    List<String> words() {
        return words;
    }
}
