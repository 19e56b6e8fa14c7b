package benchmarks;

import java.util.concurrent.CountDownLatch;

/** What a step does. */
@FunctionalInterface
public interface Body {
    /** Gives the step's result. The steps of a chain are called {@code s1}, {@code s2} and so on. */
    String run(String step) throws InterruptedException;

    /** The trivial one. */
    static Body trivial() {
        return step -> Work.result();
    }

    /** One whose third step never ends: the process is killed in the midst of it. */
    static Body stuck() {
        return step -> {
            if (step.equals("s3")) {
                new CountDownLatch(1).await();
            }
            return Work.result();
        };
    }
}
