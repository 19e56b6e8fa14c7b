package orchestrator.shell;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.shell.input.DeclaredInputs;
import orchestrator.shell.input.Inputs;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** What the two commands that start runs have in common. */
abstract class StartAction extends WaitingAction {
    @Option(
            name = "--key",
            description =
                    "Start key: the same key and input give the same run, however often it is started")
    private String key;

    @Option(
            name = "--input",
            description = "A JSON object, or a file that holds one; key=value words win over it")
    @Completion(FileCompleter.class)
    private String input;

    @Override
    final Answer answer(Screen screen, List<String> words) throws InterruptedException {
        Map<String, Object> values =
                new Inputs(declared()).read(input, words, session().currentDir());
        StartOptions options = StartOptions.none();
        RunHandle run = start(values, key == null ? options : options.startKey(key));
        return started(screen, run);
    }

    /** What is known of the input. */
    abstract DeclaredInputs declared();

    /** Starts the run. */
    abstract RunHandle start(Map<String, Object> values, StartOptions options);
}
