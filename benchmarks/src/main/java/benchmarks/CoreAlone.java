package benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import orchestrator.engine.core.CellId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Step;

/** The engine's core without its shell: one thread that decides and applies, with no store, threads or bodies. */
final class CoreAlone implements Contender {
    private static final Retry RETRY =
            new Retry(3, Duration.ofSeconds(5), 1, Duration.ofDays(1), 0);

    private final Graphs graphs = new Graphs();

    @Override
    public String name() {
        return "core alone (1 thread)";
    }

    @Override
    public void work(Shape shape, Meter meter) {
        Graph graph = graphs.of(shape);
        Payload input = Graphs.input(shape);
        while (meter.mayStart()) {
            long start = System.nanoTime();
            run(graph, input);
            meter.ended(start);
        }
    }

    private static void run(Graph graph, Payload input) {
        Instant now = Instant.ofEpochSecond(1_700_000_000L);
        RunState state = new RunState(graph);
        Decider first = decider(state, now);
        first.create(
                new Fact.RunCreated(
                        graph.name(),
                        graph.version(),
                        graph.document().hash(),
                        input,
                        null,
                        0,
                        null,
                        Map.of()));
        first.decide(new Command.Begin());
        while (!state.isEnded()) {
            for (CellId cell : state.pending()) {
                Step step = graph.steps().get(cell.step());
                decider(state, now)
                        .decide(
                                new Command.CompleteAttempt(
                                        step.name(),
                                        cell.item(),
                                        1,
                                        "1.0",
                                        Payload.of(Work.encoded())));
            }
        }
    }

    private static Decider decider(RunState state, Instant now) {
        return new Decider(state, now, RETRY, () -> 0);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
