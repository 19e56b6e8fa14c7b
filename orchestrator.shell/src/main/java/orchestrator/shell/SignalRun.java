package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.CommandResult;
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

/** {@code run:signal}. */
@Service
@Command(
        scope = "run",
        name = "signal",
        description = "Sends a signal to a run that waits for it, or will",
        detailedDescription =
                """
                The payload is an object of the key=value words; what is a number, true, false, a list or an \
                object in JSON is read as such. Without words it is empty.

                Examples:
                  run:signal 01a20701 reviewed
                  run:signal 01a20701 reviewed by=Ada score=0.9
                  run:signal 01a20701 reviewed --input review.json --message-id mail-4711""")
public final class SignalRun extends EngineAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Argument(index = 1, name = "SIGNAL", required = true, description = "The signal's name")
    @Completion(SignalNames.class)
    private String signal;

    @Argument(
            index = 2,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The payload; options may also come here")
    @Completion(OptionNames.class)
    private List<String> words = List.of();

    @Option(
            name = "--input",
            description = "A JSON object, or a file that holds one; key=value words win over it")
    @Completion(FileCompleter.class)
    private String input;

    @Option(
            name = "--message-id",
            description = "An id of the sender's: the same signal sent again changes nothing")
    private String messageId;

    @Override
    Answer answer(Screen screen, List<String> typed) {
        String runId = runId(id);
        Map<String, Object> payload =
                new Inputs(DeclaredInputs.NONE).read(input, typed, session().currentDir());
        CommandResult result =
                messageId == null
                        ? workflows().signal(runId, signal, payload)
                        : workflows().signal(runId, signal, payload, messageId);
        return Answer.of(runId, result);
    }

    @Override
    List<String> words() {
        return words;
    }
}
