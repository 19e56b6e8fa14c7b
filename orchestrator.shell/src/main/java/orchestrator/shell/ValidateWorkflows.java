package orchestrator.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.definition.WorkflowReader;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowValidator;
import orchestrator.shell.input.WorkflowSource;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.ValidationPage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code workflow:validate}. */
@Service
@Command(
        scope = "workflow",
        name = "validate",
        description = "Says what deploying workflow files would say, without deploying them",
        detailedDescription =
                """
                It fails if a file is broken. That nobody offers a task now is a warning.

                Examples:
                  workflow:validate drafts/nightly.workflow.yaml
                  workflow:validate https://example.com/nightly.workflow.yaml --format json""")
public final class ValidateWorkflows extends EngineAction {
    @Reference(optional = true)
    private WorkflowReader reader;

    @Reference(optional = true)
    private WorkflowValidator validator;

    @Argument(
            index = 0,
            name = "FILE",
            required = true,
            multiValued = true,
            description =
                    "The path or URL of a workflow file; several may be named, and options may also come here")
    @Completion(WorkflowPaths.class)
    private List<String> files = List.of();

    @Override
    List<String> words() {
        return files;
    }

    @Override
    Answer answer(Screen screen, List<String> words) throws IOException {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected the path or URL of a workflow file, but found none.");
        } else if (reader == null || validator == null) {
            throw new IllegalStateException(
                    "Workflow files cannot be validated: the bundle %s is not active. See bundle:list and feature:list."
                            .formatted(
                                    reader == null
                                            ? "orchestrator.definitions"
                                            : "orchestrator.engine"));
        }
        Map<String, WorkflowInfo> found = new LinkedHashMap<>();
        for (String file : words) {
            found.put(file, validate(new WorkflowSource(file, session().currentDir())));
        }
        ValidationPage page = new ValidationPage(found);
        return Answer.of(page.tree(), page::print).failing(page.failure());
    }

    private WorkflowInfo validate(WorkflowSource source) throws IOException {
        try (InputStream in = source.open()) {
            return validator.validate(reader.read(source.name(), in));
        }
    }
}
