package orchestrator.examples.knowledge.osgi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import org.osgi.service.component.annotations.Component;

/**
 * The task that lists the documents of a folder.
 *
 * <p>Input: {@code content_path}; {@code limit}, the most documents accepted (5,000). Output: {@code content_path}
 * (absolute), {@code count}, {@code documents} (a list of {@code path} and {@code size}, by path).
 */
@Component(service = Task.class)
@TaskName("knowledge.list")
public final class ListTask implements Task {
    private static final int LIMIT = 5_000;
    private static final int MOST = 20_000;

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        TaskInput input = new TaskInput(context);
        ContentFolder folder = ContentFolder.at(input.text("content_path"));
        List<ContentFolder.Entry> documents =
                folder.documents(input.integer("limit", LIMIT, 1, MOST));
        context.log().log(
                System.Logger.Level.INFO, "{0} documents in {1}", documents.size(), folder.path());
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("content_path", folder.path().toString());
        output.put("count", documents.size());
        output.put(
                "documents",
                documents.stream().map(d -> Map.of("path", d.path(), "size", d.size())).toList());
        return output;
    }
}
