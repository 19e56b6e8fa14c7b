package orchestrator.shell;

import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.input.WorkflowChoice;
import orchestrator.shell.output.Answer;
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
public final class ShowWorkflow extends ItemAction {
    @Argument(index = 0, name = "NAME", required = true, description = "The workflow's name")
    @Completion(WorkflowNames.class)
    private String name;

    @Option(name = "--version", description = "Which version, if there are several")
    @Completion(WorkflowVersions.class)
    private String version;

    @Override
    String thing() {
        return "workflow";
    }

    @Override
    Answer answer() {
        WorkflowChoice choice = new WorkflowChoice(workflows().workflows());
        WorkflowInfo workflow = choice.find(name, version);
        return Answer.of(
                Trees.of(workflow),
                page -> {
                    new WorkflowPages(page).workflow(workflow);
                    choice.brokenUpdate(workflow)
                            .ifPresent(text -> page.line(Screen.oneLine(text)));
                });
    }
}
