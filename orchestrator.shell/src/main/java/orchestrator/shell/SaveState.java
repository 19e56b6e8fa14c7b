package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** {@code run:save}. */
@Service
@Command(
        scope = "run",
        name = "save",
        description = "Keeps values with a run, for whoever steers it",
        detailedDescription =
                """
                A value takes the place of the one of that name; the run itself does not look at them. What is a \
                number, true, false, a list or an object in JSON is read as such.

                Examples:
                  run:save 01a20701 ticket=4711 owner=Ada
                  run:save 01a20701 --input values.json
                  run:save 01a20701 --remove ticket,owner""")
public final class SaveState extends EngineAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Argument(
            index = 1,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The values; options may also come here")
    @Completion(OptionNames.class)
    private List<String> words = List.of();

    @Option(
            name = "--input",
            description = "A JSON object, or a file that holds one; key=value words win over it")
    @Completion(FileCompleter.class)
    private String input;

    @Option(
            name = "--remove",
            description = "Values that are kept no more, with commas between their names")
    private String remove;

    @Override
    Answer answer(Screen screen, List<String> typed) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : remove == null ? new String[0] : remove.split(",", -1)) {
            values.put(name.strip(), null);
        }
        for (Map.Entry<String, Object> kept :
                new Inputs(DeclaredInputs.NONE)
                        .read(input, typed, session().currentDir())
                        .entrySet()) {
            if (values.containsKey(kept.getKey())) {
                throw new IllegalArgumentException(
                        "Expected each value to be kept or removed, but found both for '%s'."
                                .formatted(kept.getKey()));
            }
            values.put(kept.getKey(), kept.getValue());
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected key=value, --input or --remove, but found none of them.");
        }
        String runId = runId(id);
        return Answer.of(runId, states().saveWorkflowState(runId, values));
    }

    @Override
    List<String> words() {
        return words;
    }
}
