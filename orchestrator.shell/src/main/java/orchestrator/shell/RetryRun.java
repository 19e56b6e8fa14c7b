package orchestrator.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.StepInfo;
import orchestrator.shell.input.DeclaredInputs;
import orchestrator.shell.input.Inputs;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code run:retry}. */
@Service
@Command(
        scope = "run",
        name = "retry",
        description = "Runs a failed or cancelled run again from its failed steps",
        detailedDescription =
                """
                A new run keeps what has finished and tries the rest again. key=value changes the run's input, \
                step.key=value the input of a step that is tried again.

                Examples:
                  run:retry 01a20701
                  run:retry 01a20701 --wait
                  run:retry 01a20701 path=/data/other mail.server=smtp2""")
public final class RetryRun extends WaitingAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(FailedRuns.class)
    private String id;

    @Argument(
            index = 1,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description = "What is changed in the input; options may also come here")
    @Completion(OptionNames.class)
    private List<String> words = List.of();

    @Option(
            name = "--input",
            description = "A JSON object, or a file that holds one; key=value words win over it")
    @Completion(FileCompleter.class)
    private String input;

    @Override
    Answer answer(Screen screen, List<String> typed) throws InterruptedException {
        RunDetails failed = details(runId(id));
        DeclaredInputs declared = DeclaredInputs.of(failed.workflow(), workflows().workflows());
        Map<String, Object> values =
                new Inputs(declared).read(input, typed, session().currentDir());
        return started(
                screen,
                workflows()
                        .retryFailedTasks(failed.id(), options(failed, declared.keys(), values)));
    }

    private static RetryOptions options(
            RunDetails failed, Set<String> inputs, Map<String, Object> values) {
        Set<String> declared = new HashSet<>(inputs);
        declared.addAll(failed.input().keySet());
        Set<String> steps = failed.steps().stream().map(StepInfo::name).collect(Collectors.toSet());
        RetryOptions options = RetryOptions.none();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            String key = value.getKey();
            int dot = key.indexOf('.');
            boolean ofStep = dot > 0 && steps.contains(key.substring(0, dot));
            if (dot > 0 && !ofStep && !declared.contains(key)) {
                throw new IllegalArgumentException(
                        "Expected step.key=value with one of the steps %s, but found '%s': there is no step %s."
                                .formatted(
                                        String.join(", ", new TreeSet<>(steps)),
                                        key,
                                        key.substring(0, dot)));
            }
            options =
                    ofStep
                            ? options.stepInput(
                                    key.substring(0, dot), key.substring(dot + 1), value.getValue())
                            : options.input(key, value.getValue());
        }
        return options;
    }

    @Override
    Optional<Object> output(RunDetails run) {
        return Optional.empty();
    }

    @Override
    String before(String run) {
        return "Run " + run + " was started by the same retry before.";
    }

    @Override
    List<String> words() {
        return words;
    }
}
