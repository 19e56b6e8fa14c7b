package orchestrator.examples.knowledge.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.examples.knowledge.document.Tree;

/**
 * All that a report shows.
 *
 * @param contentPath where the documents came from
 * @param runId the run that made it
 * @param written when, as people read it
 * @param rows the documents, by path
 * @param order what {@code knowledge.learning_order} returned
 */
record Report(String contentPath, String runId, String written, List<Row> rows, Tree order) {

    Counts counts() {
        return Counts.of(rows, order.list("missing").size(), order.list("cycles").size());
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("content_path", contentPath);
        map.put("run", runId);
        map.put("written", written);
        map.put("counts", counts().toMap());
        map.put("documents", rows.stream().map(Row::toMap).toList());
        Map<String, Object> learning = new LinkedHashMap<>();
        for (String key : List.of("order", "cycles", "missing", "duplicates")) {
            learning.put(key, order.list(key));
        }
        map.put("learning_order", learning);
        return map;
    }
}
