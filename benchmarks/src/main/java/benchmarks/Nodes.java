package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several nodes of the engine on one database, each with as many runs in flight as the shape says. */
final class Nodes implements Contender {
    private final List<EngineContender> nodes = new ArrayList<>();

    Nodes(String url, int count) throws InterruptedException {
        for (int i = 1; i <= count; i++) {
            nodes.add(
                    PostgresEngine.open(url, "node-" + i, PostgresEngine.WRITERS, Body.trivial()));
        }
    }

    @Override
    public String name() {
        return nodes.size() == 1 ? "1 node" : nodes.size() + " nodes";
    }

    @Override
    public void work(Shape shape, Meter meter) {
        CompletableFuture.allOf(
                        nodes.stream()
                                .map(node -> work(node, shape, meter))
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    private static CompletableFuture<Void> work(EngineContender node, Shape shape, Meter meter) {
        return CompletableFuture.runAsync(
                () -> node.work(shape, meter), task -> new Thread(task, "node").start());
    }

    @Override
    public void close() throws Exception {
        for (EngineContender node : nodes) {
            node.close();
        }
    }
}
