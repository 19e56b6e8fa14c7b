package orchestrator.examples.knowledge.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.index.KnowledgeSearch;
import org.apache.lucene.index.IndexNotFoundException;
import org.osgi.service.component.annotations.Component;

/**
 * The task that asks an index.
 *
 * <p>Input: {@code index_path}, {@code query}, {@code limit} (10), {@code content_path} (only documents of this folder).
 * Output: {@code query}, {@code total}, {@code hits} (each with {@code path, content_path, id, title, difficulty, score,
 * snippet}; the snippet is HTML).
 */
@Component(service = Task.class)
@TaskName("knowledge.search")
public final class SearchTask implements Task {
    private final KnowledgeSearch search = new KnowledgeSearch();

    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        TaskInput input = new TaskInput(context);
        Path index = ContentFolder.path(input.text("index_path"));
        String query = input.text("query");
        int limit = input.integer("limit", 10, 1, 1_000);
        Optional<String> folder = input.optionalText("content_path");
        Path within = folder.isPresent() ? ContentFolder.at(folder.get()).path() : null;
        try {
            KnowledgeSearch.Result result = search.search(index, query, within, limit);
            Map<String, Object> output = new LinkedHashMap<>();
            output.put("query", query);
            output.put("total", result.total());
            output.put("hits", result.hits().stream().map(SearchTask::toMap).toList());
            return output;
        } catch (IndexNotFoundException e) {
            throw TaskFailure.permanent(
                    "no-index",
                    "Expected an index made by knowledge.index, but found none at " + index);
        } catch (IOException e) {
            throw TaskFailure.retryable(
                    "index", "Expected to read " + index + ", but found " + e, e);
        }
    }

    private static Map<String, Object> toMap(KnowledgeSearch.Hit hit) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", hit.path());
        map.put("content_path", hit.contentPath());
        map.put("id", hit.id());
        map.put("title", hit.title());
        map.put("difficulty", hit.difficulty());
        map.put("score", hit.score());
        map.put("snippet", hit.snippet());
        return map;
    }
}
