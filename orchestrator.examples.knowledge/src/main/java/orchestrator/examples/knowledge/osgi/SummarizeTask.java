package orchestrator.examples.knowledge.osgi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.summary.Summarizer;
import org.osgi.service.component.annotations.Component;

/**
 * The task that picks the sentences of one document that say most about it.
 *
 * <p>Input: {@code content_path}, {@code document} (an output of {@code knowledge.validate}), {@code sentences} (3). Output:
 * {@code path, id, summary} (a list of sentences, empty for a document that is not valid), {@code method}.
 */
@Component(service = Task.class)
@TaskName("knowledge.summarize")
public final class SummarizeTask implements Task {

    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        TaskInput input = new TaskInput(context);
        Summarizer summarizer = new Summarizer(input.integer("sentences", 3, 1, 20));
        ValidDocument document = ValidDocument.of(input);
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("path", document.path());
        output.put("id", document.id());
        output.put(
                "summary", document.isValid() ? summarizer.summarize(document.read()) : List.of());
        output.put("method", Summarizer.METHOD);
        return output;
    }
}
