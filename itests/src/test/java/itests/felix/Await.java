package itests.felix;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits, bounded, for what other threads bring about. */
final class Await {
    private static final long PATIENCE_SECONDS = 60;

    private Await() {}

    /** Something that nobody announces. */
    static <T> T present(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(5_000_000L);
        }
        throw new AssertionError("Expected " + what + " within " + PATIENCE_SECONDS + " s");
    }

    static void zero(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected " + what + " within " + PATIENCE_SECONDS + " s");
        }
    }

    static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
        T found = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (found == null) {
            throw new AssertionError("Expected " + what + " within " + PATIENCE_SECONDS + " s");
        }
        return found;
    }
}
