package orchestrator.shell;

import java.util.List;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:progress}. */
@Service
@Command(
        scope = "run",
        name = "progress",
        description = "Says how far a run has come, in place of what its finished steps say",
        detailedDescription =
                """
                It is shown until the run completes, with the message if there is one.

                Examples:
                  run:progress 01a20701 40
                  run:progress 01a20701 40 half of the pages are proofread""")
public final class NoteProgress extends EngineAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Argument(index = 1, name = "PERCENT", required = true, description = "From 0 to 100")
    @Completion(Percents.class)
    private String percent;

    @Argument(
            index = 2,
            name = "message",
            multiValued = true,
            valueToShowInHelp = "",
            description = "A message for people; options may also come here")
    @Completion(OptionNames.class)
    private List<String> words = List.of();

    @Override
    Answer answer(Screen screen, List<String> message) {
        int done = (int) Words.number("the run's id", percent, 0, 100);
        String runId = runId(id);
        return Answer.of(
                runId, states().updateWorkflowProgress(runId, done, String.join(" ", message)));
    }

    @Override
    List<String> words() {
        return words;
    }
}
