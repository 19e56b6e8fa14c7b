package itests.process.sick;

import java.util.concurrent.CountDownLatch;

/** Waits for ever. */
final class Poller implements Runnable {
    @Override
    public void run() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
