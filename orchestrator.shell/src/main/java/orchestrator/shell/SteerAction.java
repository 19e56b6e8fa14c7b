package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.CommandResult;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** What the commands that pause, resume and cancel a run have in common. A refused one fails. */
abstract class SteerAction extends EngineAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Argument(
            index = 1,
            name = "options",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The options may also come last")
    @Completion(FormatOption.class)
    private List<String> late = List.of();

    @Override
    final void run(Screen screen, List<String> words) {
        expectNothing(words);
        boolean json = isJson();
        String runId = runId(id);
        CommandResult result = steer(runId);
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("run", runId);
            tree.put("accepted", result.accepted());
            tree.put("message", result.message());
            json(screen, tree);
        }
        if (!result.accepted()) {
            throw new IllegalStateException(result.message());
        }
        if (!json) {
            screen.line(result.message());
        }
    }

    /** Sends the command. */
    abstract CommandResult steer(String runId);

    @Override
    final List<String> words() {
        return late;
    }
}
