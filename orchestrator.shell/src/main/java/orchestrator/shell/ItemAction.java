package orchestrator.shell;

import java.util.List;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** A command about one thing, which its first argument names; only options follow that. */
abstract class ItemAction extends EngineAction {
    @Argument(
            index = 1,
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
    final Answer answer(Screen screen, List<String> words) {
        expectOne(thing(), words);
        return answer();
    }

    /** What the first argument names. */
    String thing() {
        return "run";
    }

    /** Does the work. */
    abstract Answer answer();
}
