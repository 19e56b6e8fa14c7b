package benchmarks;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Keeps a number of runs in progress: each that ends is followed by the next. */
public final class ClosedLoop {
    private final Supplier<? extends CompletionStage<?>> start;
    private final Meter meter;
    private final AtomicInteger open =
            new AtomicInteger(1); // this thread's part is starting the first ones
    private final CountDownLatch done = new CountDownLatch(1);
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
        loop.close();
        loop.awaitDone();
        if (loop.failure.get() != null) {
            throw new IllegalStateException("Expected every run to complete", loop.failure.get());
        }
    }

    private void next() {
        if (failure.get() != null || !meter.mayStart()) {
            return;
        }
        open.incrementAndGet();
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
        close();
    }

    private void close() {
        if (open.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    private void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while runs were in progress", e);
        }
    }
}
