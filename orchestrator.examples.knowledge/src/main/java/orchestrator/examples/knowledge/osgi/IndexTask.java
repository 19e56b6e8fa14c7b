package orchestrator.examples.knowledge.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.index.IndexWriters;
import orchestrator.examples.knowledge.index.KnowledgeIndex;
import org.apache.lucene.store.AlreadyClosedException;
import org.osgi.service.component.annotations.Component;

/**
 * The task that puts one document into a Lucene index, durably. Doing it again replaces the document; one that is not
 * valid is taken out.
 *
 * <p>Input: {@code content_path}, {@code index_path}, {@code document} (an output of {@code knowledge.validate}). Output:
 * {@code path, id, indexed}.
 */
@Component(service = Task.class)
@TaskName("knowledge.index")
public final class IndexTask implements Task {
    private final KnowledgeIndex index = new KnowledgeIndex(new IndexWriters());

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        TaskInput input = new TaskInput(context);
        Path folder = ContentFolder.path(input.text("index_path"));
        ValidDocument document = ValidDocument.of(input);
        try {
            if (document.isValid()) {
                index.put(folder, document.folder(), document.path(), document.read());
            } else if (!document.path().isEmpty()) {
                index.remove(folder, document.folder(), document.path());
            }
        } catch (IOException | AlreadyClosedException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while writing to " + folder);
            }
            throw TaskFailure.retryable(
                    "index", "Expected to write to " + folder + ", but found " + e, e);
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("path", document.path());
        output.put("id", document.id());
        output.put("indexed", document.isValid());
        return output;
    }
}
