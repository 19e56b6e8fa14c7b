package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits to be written. The first writer takes whatever is there; the others come in only if many wait, or if some
 * have waited for long because the store takes its time: writers that share little between them make many small batches
 * out of few large ones. Thread safe.
 */
final class WriteQueue<T extends WriteQueue.Write> {
    /** From so many on more than one writer is worth while. */
    static final int MANY = 128;

    private static final int MAX_BYTES = 8 << 20;

    /** Where so many were in a batch, as many are about to come again. */
    private static final int COMPANY = 4;

    private final int maxBatch;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition many = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private long begun; // when what waits first began to wait
    private boolean writing; // the first writer is at it
    private boolean led; // somebody is at a write of his own, in place of the first writer
    private int last; // how many the first writer had the last time

    /** Something to be written for a run. */
    interface Write {
        String runId();

        long bytes();
    }

    /**
     * @param maxBatch how many it gives out at a time at most
     * @param patience for how long a few wait for the first writer alone
     * @param nanoTime elapsed monotonic time in nanoseconds
     */
    WriteQueue(int maxBatch, Duration patience, LongSupplier nanoTime) {
        this.maxBatch = maxBatch;
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    void add(T work) {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                begun = nanoTime.getAsLong();
            }
            waiting.add(work);
            if (!led) {
                some.signal();
            }
            if (waiting.size() == 1 || waiting.size() >= MANY) {
                many.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the caller write something itself, which costs no other thread, if nobody writes, nothing waits and writes
     * come one at a time: where they come in company, the others would wait for its commit. Meanwhile the first writer
     * waits, so that what comes collects; the caller tells by {@link #follow} when it is done.
     */
    boolean lead() {
        lock.lock();
        try {
            if (writing || led || !waiting.isEmpty() || last >= COMPANY) {
                return false;
            }
            led = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What was written by who led is settled, or is in the queue now. */
    void follow() {
        lock.lock();
        try {
            led = false;
            if (!waiting.isEmpty()) {
                some.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is there, once there is something; the first writer comes back when it is written. */
    List<T> takeSome() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            writing = false;
            while (waiting.isEmpty() || led) {
                some.await();
            }
            writing = true;
            List<T> batch = take();
            last = batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** What is there, once there is much, or something that has waited for long. */
    List<T> takeOfMany() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() < MANY) {
                if (waiting.isEmpty()) {
                    many.await();
                } else if (isLate()) {
                    break;
                } else {
                    many.await(
                            patienceNanos - (nanoTime.getAsLong() - begun), TimeUnit.NANOSECONDS);
                }
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** What is there for the first writer, perhaps nothing; it comes back when that is written. */
    List<T> takeNow() {
        lock.lock();
        try {
            writing = !waiting.isEmpty() && !led;
            return writing ? take() : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** What is there, unless it is left to the first writer. */
    List<T> takeNowOfMany() {
        lock.lock();
        try {
            boolean mine = waiting.size() >= MANY || (!waiting.isEmpty() && isLate());
            return mine ? take() : List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean isLate() {
        return nanoTime.getAsLong() - begun >= patienceNanos;
    }

    /**
     * No run is twice in a batch, which a store would not understand. A run that was lost and claimed again while the
     * store did not answer has two writes waiting: the late one of its former life, and the first of its new one.
     */
    private List<T> take() {
        List<T> batch = new ArrayList<>();
        Set<String> runs = new HashSet<>();
        long bytes = 0;
        while (!waiting.isEmpty()
                && batch.size() < maxBatch
                && bytes < MAX_BYTES
                && runs.add(waiting.peek().runId())) {
            T work = waiting.poll();
            bytes += work.bytes();
            batch.add(work);
        }
        begun = nanoTime.getAsLong();
        return batch;
    }

    /** All that is there at the moment, perhaps nothing. */
    List<T> takeAll() {
        lock.lock();
        try {
            List<T> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
