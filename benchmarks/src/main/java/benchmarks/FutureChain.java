package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The floor of memory: the same steps as links of a {@code CompletableFuture}, on as many threads as there are cores. */
final class FutureChain implements Contender {
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @Override
    public String name() {
        return "CompletableFuture chain";
    }

    @Override
    public void work(Shape shape, Meter meter) {
        ClosedLoop.run(
                shape.inFlight(),
                shape.items() == 0 ? this::chain : () -> all(shape.items()),
                meter);
    }

    private CompletableFuture<byte[]> chain() {
        CompletableFuture<byte[]> step = CompletableFuture.supplyAsync(Work::encoded, threads);
        for (int i = 1; i < Work.STEPS; i++) {
            step = step.thenApplyAsync(before -> Work.encoded(), threads);
        }
        return step;
    }

    private CompletableFuture<Void> all(int items) {
        List<CompletableFuture<byte[]>> all = new ArrayList<>(items);
        for (int i = 0; i < items; i++) {
            all.add(CompletableFuture.supplyAsync(Work::encoded, threads));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
