package benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Payload;

/** The two workflows that are run, compiled. */
final class Graphs {
    /** The task of every step. */
    static final String TASK = "work";

    private final Graph chain = compile("chain", chain());
    private final Graph fanOut =
            compile(
                    "fan_out",
                    Map.of(
                            "each",
                            Map.of("task", TASK, "forEach", "input.items", "concurrency", 1000L)));

    Graph of(Shape shape) {
        return shape.items() == 0 ? chain : fanOut;
    }

    /** What a run of a shape is started with. */
    static Payload input(Shape shape) {
        return Payload.ofTree(
                shape.items() == 0
                        ? Map.of()
                        : Map.of("items", Collections.nCopies(shape.items(), 1L)));
    }

    private static Map<String, Object> chain() {
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("s1", Map.of("task", TASK));
        for (int i = 2; i <= Work.STEPS; i++) {
            steps.put("s" + i, Map.of("task", TASK, "after", List.of("s" + (i - 1))));
        }
        return steps;
    }

    private static Graph compile(String name, Map<String, Object> steps) {
        return new GraphCompiler()
                .compile(
                        WorkflowDocument.of(
                                Map.of("workflow", name, "version", "1.0", "steps", steps),
                                SourceMap.NONE),
                        SourceMap.NONE);
    }
}
