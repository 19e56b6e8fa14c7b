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

/** What the commands that start a run of one input have in common. */
abstract class StartWithInput extends StartAction {
    @Option(
            name = "--input",
            description = "A JSON object, or a file that holds one; key=value words win over it")
    @Completion(FileCompleter.class)
    private String input;

    @Override
    final Answer answer(Screen screen, List<String> words) throws InterruptedException {
        Map<String, Object> values =
                new Inputs(declared()).read(input, words, session().currentDir());
        return started(screen, start(values, options()));
    }

    /** What is known of the input. */
    abstract DeclaredInputs declared();

    /** Starts the run. */
    abstract RunHandle start(Map<String, Object> values, StartOptions options);
}
