package orchestrator.testkit.state;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks a store again and again for what comes with its time, up to a deadline. */
final class Await {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Await() {}

    /** The first answer that fits. */
    static <T> T until(String what, Supplier<T> question, Predicate<T> fits) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        T answer = question.get();
        while (!fits.test(answer)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Expected " + what + " within 60 s, but found at last " + answer);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = question.get();
        }
        return answer;
    }
}
