package orchestrator.shell;

import java.util.List;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** A command about all there is of something: it has options and no arguments. */
abstract class ListAction extends EngineAction {
    @Argument(
            index = 0,
            name = "options",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The options may also come last")
    @Completion(OptionNames.class)
    private List<String> late = List.of();

    @Override
    final List<String> words() {
        return late;
    }

    @Override
    final Answer answer(Screen screen, List<String> words) throws InterruptedException {
        expectNothing(words);
        return answer(screen);
    }

    /** Does the work. */
    abstract Answer answer(Screen screen) throws InterruptedException;
}
