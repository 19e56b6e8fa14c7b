package benchmarks;

import java.sql.SQLException;

/**
 * The floor of a store: one thread that inserts a row for each run in flight and commits, a row for the
 * start and one for each result. It hands nothing to anybody.
 */
final class RawInserts implements Contender {
    private final Rows file;
    private long runs;

    RawInserts(Rows file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "raw batched inserts";
    }

    @Override
    public void work(Shape shape, Meter meter) throws SQLException {
        while (true) {
            int batch = 0;
            while (batch < shape.inFlight() && meter.mayStart()) {
                batch++;
            }
            if (batch == 0) {
                return;
            }
            long start = System.nanoTime();
            if (shape.items() == 0) {
                steps(batch);
            } else {
                items(shape.items());
            }
            runs += batch;
            for (int i = 0; i < batch; i++) {
                meter.ended(start);
            }
        }
    }

    private void steps(int batch) throws SQLException {
        for (int row = 1; row <= Work.STEPS + 1; row++) {
            for (int i = 0; i < batch; i++) {
                file.insert(RunKey.of(runs + i), row, Work.encoded());
            }
            file.commit();
        }
    }

    private void items(int items) throws SQLException {
        String run = RunKey.of(runs);
        file.insert(run, 1, Work.encoded());
        file.commit();
        for (int item = 0; item < items; item++) {
            file.insert(run, item + 2, Work.encoded());
        }
        file.commit();
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
