package benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ceiling of an engine on a store: a bare writer that gathers the rows of all runs into one commit and
 * then lets each run go on. It keeps what a run needs to be durable after every step, and has no other feature.
 */
final class GroupWriter implements Contender {
    private static final int MAX_BATCH = 1024;

    private final Rows file;
    private final BlockingQueue<Row> queue = new LinkedBlockingQueue<>();
    private final AtomicLong runs = new AtomicLong();
    private final Thread thread = new Thread(this::write, "group-writer");

    private record Row(String run, long sequence, CompletableFuture<Void> durable) {}

    GroupWriter(Rows file) {
        this.file = file;
        thread.start();
    }

    @Override
    public String name() {
        return "bare group-committing writer";
    }

    @Override
    public void work(Shape shape, Meter meter) {
        ClosedLoop.run(
                shape.inFlight(),
                shape.items() == 0 ? this::steps : () -> items(shape.items()),
                meter);
    }

    private CompletableFuture<Void> steps() {
        String run = RunKey.of(runs.incrementAndGet());
        CompletableFuture<Void> step = append(run, 1);
        for (int i = 1; i <= Work.STEPS; i++) {
            long sequence = i + 1L;
            step = step.thenCompose(done -> append(run, sequence));
        }
        return step;
    }

    private CompletableFuture<Void> items(int items) {
        String run = RunKey.of(runs.incrementAndGet());
        return append(run, 1)
                .thenCompose(
                        done -> {
                            CompletableFuture<?>[] all = new CompletableFuture<?>[items];
                            for (int item = 0; item < items; item++) {
                                all[item] = append(run, item + 2);
                            }
                            return CompletableFuture.allOf(all);
                        });
    }

    private CompletableFuture<Void> append(String run, long sequence) {
        Row row = new Row(run, sequence, new CompletableFuture<>());
        queue.add(row);
        return row.durable;
    }

    private void write() {
        List<Row> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                for (Row row : batch) {
                    file.insert(row.run, row.sequence, Work.encoded());
                }
                file.commit();
                batch.forEach(row -> row.durable.complete(null));
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            batch.forEach(row -> row.durable.completeExceptionally(e));
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        thread.interrupt();
        thread.join();
        file.close();
    }
}
