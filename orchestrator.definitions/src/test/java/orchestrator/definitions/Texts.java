package orchestrator.definitions;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import orchestrator.api.definition.Problem;

/** Reads workflow files that a test holds as texts. */
final class Texts {
    static final String GOOD =
            """
            workflow: content_validation
            version: 1.10
            description: Validates what came in
            timeout: 2h
            input:
              required: [folder]
              properties:
                folder: { type: string }
                limit: { type: integer, default: 10 }
            steps:
              list:
                task: knowledge.list
                input: { folder: "${input.folder}" }
              validate:
                after: list
                forEach: list.documents
                concurrency: 5
                failedItems: continue
                task: knowledge.validate
                input:
                  path: ${item.path}
                retry: { attempts: 3, delay: 5s, backoff: 2, maxDelay: 1m, jitter: 0.1 }
                timeout: 30s
              report:
                after: [list, validate]
                task: knowledge.report
            """;

    private Texts() {}

    static WorkflowFile read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static WorkflowFile read(byte[] bytes) {
        return WorkflowFile.read("f.yaml", new ByteArrayInputStream(bytes));
    }

    /** What is wrong, one problem a line. */
    static List<String> problems(String text) {
        return read(text).problems().stream().map(Problem::toString).toList();
    }

    /** The tree of a good file, as its service writes it. */
    static Map<String, ?> tree(String text) {
        return WrittenDocument.of(read(text)).tree();
    }
}
