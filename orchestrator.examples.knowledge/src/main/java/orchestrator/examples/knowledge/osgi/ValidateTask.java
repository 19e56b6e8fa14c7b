package orchestrator.examples.knowledge.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.document.KnowledgeDocument;
import orchestrator.examples.knowledge.document.Unit;
import orchestrator.examples.knowledge.document.Validator;
import org.osgi.service.component.annotations.Component;

/**
 * The task that judges one document. Whatever is wrong with the file is a finding of the output, not a failure.
 *
 * <p>Input: {@code content_path}, {@code path} (relative to it). Output: {@code path, id, title, content_type, difficulty,
 * description, tags, prerequisites, words, valid, score, findings} (each with {@code severity, file, line, column, field,
 * reason}).
 */
@Component(service = Task.class)
@TaskName("knowledge.validate")
public final class ValidateTask implements Task {
    private final Validator validator = new Validator(KnowledgeDocument.MAX_BYTES);

    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        TaskInput input = new TaskInput(context);
        ContentFolder folder = ContentFolder.at(input.text("content_path"));
        Unit unit = validator.validate(folder.path(), folder.inside(input.text("path")));
        if (!unit.valid()) {
            context.log().log(
                    System.Logger.Level.WARNING,
                    "{0} is not valid: {1}",
                    unit.path(),
                    unit.findings().get(0).reason());
        }
        return unit.toMap();
    }
}
