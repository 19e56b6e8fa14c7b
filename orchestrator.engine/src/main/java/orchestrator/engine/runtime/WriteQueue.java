package orchestrator.engine.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What waits to be written. The first writer takes whatever is there; the others come in only while many wait, because
 * writers that share little between them make many small batches out of few large ones. Thread safe.
 */
final class WriteQueue<T extends WriteQueue.Sized> {
    /** From so many on more than one writer is worth while. */
    static final int MANY = 128;

    private static final int MAX_BYTES = 8 << 20;

    private final int maxBatch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition many = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();

    /** Something that has a size. */
    interface Sized {
        long bytes();
    }

    /** A queue that gives out so many at a time at most. */
    WriteQueue(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    void add(T work) {
        lock.lock();
        try {
            waiting.add(work);
            some.signal();
            if (waiting.size() >= MANY) {
                many.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is there, once there is something. */
    List<T> takeSome() throws InterruptedException {
        return take(some, 1);
    }

    /** What is there, once there is much. */
    List<T> takeOfMany() throws InterruptedException {
        return take(many, MANY);
    }

    private List<T> take(Condition enough, int least) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() < least) {
                enough.await();
            }
            List<T> batch = new ArrayList<>();
            long bytes = 0;
            while (!waiting.isEmpty() && batch.size() < maxBatch && bytes < MAX_BYTES) {
                T work = waiting.poll();
                bytes += work.bytes();
                batch.add(work);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** All that is of some kind, whatever else waits. */
    List<T> take(Predicate<T> kind) {
        lock.lock();
        try {
            List<T> taken = waiting.stream().filter(kind).toList();
            waiting.removeIf(kind);
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
