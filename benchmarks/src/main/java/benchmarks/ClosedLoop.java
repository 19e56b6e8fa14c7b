package benchmarks;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Keeps a number of runs in progress: each that ends is followed by the next. */
public final class ClosedLoop {
    private final Supplier<? extends CompletionStage<?>> start;
    private final Meter meter;
    private final Phaser open = new Phaser(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private ClosedLoop(Supplier<? extends CompletionStage<?>> start, Meter meter) {
        this.start = start;
        this.meter = meter;
    }

    /** Goes on until the meter says stop and the last run has ended. */
    public static void run(
            int inFlight, Supplier<? extends CompletionStage<?>> start, Meter meter) {
        ClosedLoop loop = new ClosedLoop(start, meter);
        for (int i = 0; i < inFlight; i++) {
            loop.next();
        }
        loop.open.arriveAndAwaitAdvance();
        if (loop.failure.get() != null) {
            throw new IllegalStateException("Expected every run to complete", loop.failure.get());
        }
    }

    private void next() {
        if (failure.get() != null || !meter.mayStart()) {
            return;
        }
        open.register();
        long startNanos = System.nanoTime();
        try {
            start.get().whenComplete((result, e) -> ended(startNanos, e));
        } catch (RuntimeException e) {
            ended(startNanos, e);
        }
    }

    private void ended(long startNanos, Throwable e) {
        if (e == null) {
            meter.ended(startNanos);
            next();
        } else {
            failure.compareAndSet(null, e);
        }
        open.arriveAndDeregister();
    }
}
