package orchestrator.definitions;

import java.lang.reflect.Proxy;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.WorkflowBuilder;

/**
 * What a workflow file writes.
 *
 * @param tree the document
 * @param source where its parts are
 */
record WrittenDocument(Map<String, ?> tree, SourceMap source) {

    /** Lets a file describe itself to a builder that takes a document, and nothing else. */
    @SuppressWarnings("unchecked")
    static WrittenDocument of(WorkflowFile file) {
        Object[][] written = new Object[1][];
        file.describe(
                (WorkflowBuilder)
                        Proxy.newProxyInstance(
                                WorkflowBuilder.class.getClassLoader(),
                                new Class<?>[] {WorkflowBuilder.class},
                                (builder, method, arguments) -> {
                                    if (!method.getName().equals("document")) {
                                        throw new AssertionError(
                                                "Expected a document, but found " + method);
                                    }
                                    written[0] = arguments;
                                    return builder;
                                }));
        return new WrittenDocument((Map<String, ?>) written[0][0], (SourceMap) written[0][1]);
    }
}
