package orchestrator.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.shell.input.DeclaredInputs;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code task:run}. */
@Service
@Command(
        scope = "task",
        name = "run",
        description = "Runs one task durably, as a run of one step",
        detailedDescription =
                """
                With --wait its output is printed as JSON. A value is read as JSON if it is a number, true, \
                false, a list or an object, and else as text.

                Examples:
                  task:run knowledge.validate path=/data/unit.json --wait
                  task:run knowledge.search query=inference limit=5 --wait --format json""")
public final class StartTask extends StartWithInput {
    /** The name of the one step, by the contract of TaskExecutor. */
    private static final String STEP = "task";

    @Argument(index = 0, name = "NAME", required = true, description = "The task's name")
    @Completion(TaskNames.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The input; options may also come here")
    @Completion(OptionNames.class)
    private List<String> words = List.of();

    @Override
    DeclaredInputs declared() {
        return DeclaredInputs.NONE;
    }

    @Override
    RunHandle start(Map<String, Object> values, StartOptions options) {
        return tasks().executeTask(name, values, options);
    }

    @Override
    Optional<Object> output(RunDetails run) {
        return run.status() == RunStatus.COMPLETED ? run.output(STEP) : Optional.empty();
    }

    @Override
    List<String> words() {
        return words;
    }
}
