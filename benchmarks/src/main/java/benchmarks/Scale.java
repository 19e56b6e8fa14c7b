package benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Payload;
import orchestrator.state.memory.MemoryStateBackend;

/**
 * One run of very many steps, or items: time and memory of a step at 10,000, 30,000 and 100,000 of them, on the memory
 * backend, which keeps the journal. Prints a table.
 */
final class Scale {
    private static final int[] SIZES = {10_000, 30_000, 100_000};
    private static final int ROUNDS = 3;
    private static final int COLLECTIONS = 4;

    private final PrintStream out;

    private Scale(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        new Scale(System.out).run();
    }

    private void run() throws Exception {
        out.println("| one run of | steps | compile | run | a step | heap a step |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (String shape : List.of("steps side by side", "steps in a chain", "fan-out")) {
            for (int size : SIZES) {
                measure(shape, size);
            }
        }
    }

    private void measure(String shape, int size) throws Exception {
        Map<String, Object> document = document(shape, size);
        long compile = System.nanoTime();
        Graph graph =
                new GraphCompiler()
                        .compile(WorkflowDocument.of(document, SourceMap.NONE), SourceMap.NONE);
        compile = System.nanoTime() - compile;
        Payload input =
                Payload.ofTree(
                        shape.equals("fan-out")
                                ? Map.of("items", Collections.nCopies(size, 1L))
                                : Map.of());
        long best = Long.MAX_VALUE;
        long heap = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (EngineContender engine =
                    new EngineContender(
                            "memory",
                            "scale",
                            new MemoryStateBackend(InstantSource.system(), 10),
                            1,
                            EngineContender.RUNS,
                            Body.trivial())) {
                long before = used();
                long begin = System.nanoTime();
                engine.once(graph, input).get(10, TimeUnit.MINUTES);
                best = Math.min(best, System.nanoTime() - begin);
                heap = used() - before;
            }
        }
        out.printf(
                "| %s | %,d | %,d ms | %,d ms | %.1f µs | %,d bytes |%n",
                shape,
                size,
                TimeUnit.NANOSECONDS.toMillis(compile),
                TimeUnit.NANOSECONDS.toMillis(best),
                best / 1e3 / size,
                heap / size);
    }

    private static Map<String, Object> document(String shape, int size) {
        Map<String, Object> steps = new LinkedHashMap<>();
        if (shape.equals("fan-out")) {
            steps.put("each", Map.of("task", Graphs.TASK, "forEach", "input.items"));
        } else {
            for (int i = 0; i < size; i++) {
                boolean chained = i > 0 && shape.equals("steps in a chain");
                steps.put(
                        "s" + i,
                        chained
                                ? Map.of("task", Graphs.TASK, "after", List.of("s" + (i - 1)))
                                : Map.of("task", Graphs.TASK));
            }
        }
        return Map.of("workflow", "scale", "version", "1", "steps", steps);
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
