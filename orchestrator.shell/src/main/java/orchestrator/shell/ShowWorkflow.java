package orchestrator.shell;

import java.util.List;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.input.WorkflowChoice;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.WorkflowPages;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code workflow:show}. */
@Service
@Command(
        scope = "workflow",
        name = "show",
        description = "Shows one workflow: its inputs, steps and problems",
        detailedDescription =
                """
                Without --version it is the one that a start by name takes.

                Examples:
                  workflow:show knowledge_processing
                  workflow:show knowledge_processing --version 1.0.0
                  workflow:show knowledge_processing --format json""")
public final class ShowWorkflow extends EngineAction {
    @Argument(index = 0, name = "NAME", required = true, description = "The workflow's name")
    @Completion(WorkflowNames.class)
    private String name;

    @Option(name = "--version", description = "Which version, if there are several")
    private String version;

    @Argument(
            index = 1,
            name = "options",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The options may also come last")
    @Completion(FormatOption.class)
    private List<String> late = List.of();

    @Override
    void run(Screen screen, List<String> words) {
        expectNothing(words);
        boolean json = isJson();
        WorkflowInfo workflow = new WorkflowChoice(workflows().workflows()).find(name, version);
        if (json) {
            json(screen, Trees.of(workflow));
        } else {
            new WorkflowPages(screen).workflow(workflow);
        }
    }

    @Override
    List<String> words() {
        return late;
    }
}
