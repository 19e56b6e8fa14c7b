package orchestrator.examples.knowledge.osgi;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.examples.knowledge.document.Tree;

/** Calls the tasks in the order of the workflows, without an engine. */
final class Pipeline {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

    private final Path content;
    private final Path output;

    Pipeline(Path content, Path output) {
        this.content = content;
        this.output = output;
    }

    /** What the steps gave. */
    record Outputs(
            List<Tree> validated,
            List<Tree> indexed,
            List<Tree> summaries,
            Tree order,
            Tree report) {

        Tree validated(String path) {
            return validated.stream()
                    .filter(v -> v.text("path").equals(path))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Outputs run() throws Exception {
        Object list = new ListTask().execute(Attempt.with("content_path", content.toString()));
        List<Object> validated = new ArrayList<>();
        List<Object> indexed = new ArrayList<>();
        List<Object> summaries = new ArrayList<>();
        IndexTask index = new IndexTask();
        for (Tree entry : new Tree(list).objects("documents")) {
            Object unit =
                    new ValidateTask()
                            .execute(
                                    Attempt.with(
                                            "content_path", content.toString(),
                                            "path", entry.text("path")));
            validated.add(unit);
            indexed.add(perDocument(index, unit));
            summaries.add(perDocument(new SummarizeTask(), unit));
        }
        List<Object> processed = new ArrayList<>();
        for (int i = 0; i < validated.size(); i++) {
            processed.add(
                    Map.of(
                            "validated", validated.get(i),
                            "indexed", indexed.get(i),
                            "summarized", summaries.get(i)));
        }
        Object order = new LearningOrderTask().execute(Attempt.with("documents", processed));
        Object report =
                new ReportTask(CLOCK)
                        .execute(
                                Attempt.with(
                                        "content_path", content.toString(),
                                        "output_path", output.toString(),
                                        "documents", ((Map<?, ?>) list).get("documents"),
                                        "processed", processed,
                                        "learning_order", order));
        return new Outputs(
                trees(validated),
                trees(indexed),
                trees(summaries),
                new Tree(order),
                new Tree(report));
    }

    private Object perDocument(Task task, Object unit) throws Exception {
        return task.execute(
                Attempt.with(
                        "content_path", content.toString(),
                        "index_path", output.resolve("index").toString(),
                        "document", unit));
    }

    Tree search(String query) throws Exception {
        return new Tree(
                new SearchTask()
                        .execute(
                                Attempt.with(
                                        "index_path",
                                        output.resolve("index").toString(),
                                        "query",
                                        query)));
    }

    private static List<Tree> trees(List<Object> list) {
        return list.stream().map(Tree::new).toList();
    }
}
