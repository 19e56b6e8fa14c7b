package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import orchestrator.engine.attempt.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that may block: as many as there is work that blocks, few for work that is short. One thread at a time
 * is woken (or made), and it wakes the next if there is still work when it takes its own; so short work is done by those
 * that are awake already. Thread safe.
 */
final class WorkerPool implements Workers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final ThreadFactory factory;
    private final long keepNanos;

    @SuppressWarnings("ThreadLocalUsage") // a thread is of one pool, and goes with it
    private final ThreadLocal<Worker> current = new ThreadLocal<>();

    // Guarded by the pool's monitor. While there is work, some worker is on its way to it.
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>(); // the newest first
    private final Set<Worker> all = new HashSet<>();
    private boolean waking;
    private boolean closed;
    private long generation;

    /**
     * A pool without threads yet.
     *
     * @param keep how long a thread without work is kept
     */
    WorkerPool(ThreadFactory factory, Duration keep) {
        this.factory = factory;
        this.keepNanos = keep.toNanos();
    }

    @Override
    public void execute(Runnable action) {
        Worker here = current.get();
        if (here != null && here.keep(action)) {
            return;
        }
        Worker next;
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.add(action);
            next = waking ? null : next();
        }
        wake(next);
    }

    @Override
    public void last(Runnable action) {
        Worker here = current.get();
        if (here == null) {
            action.run();
        } else {
            here.last(action);
        }
    }

    @Override
    public boolean isEnding() {
        Worker here = current.get();
        return here != null && here.isEnding;
    }

    @Override
    public boolean mayBlock() {
        Worker here = current.get();
        return here != null && here.isEnding && here.kept == null;
    }

    @Override
    public void retire() {
        List<Worker> old;
        synchronized (this) {
            generation++;
            old = List.copyOf(idle);
            idle.clear();
        }
        old.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    /** How many threads there are. */
    synchronized int size() {
        return all.size();
    }

    /** Drops what has not begun, and interrupts the rest. */
    @Override
    public void close() {
        List<Worker> left;
        synchronized (this) {
            closed = true;
            queue.clear();
            left = List.copyOf(all);
        }
        left.forEach(worker -> worker.thread.interrupt());
    }

    /** Waits until no thread is left, up to a time. */
    void await(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Worker> left;
        synchronized (this) {
            left = List.copyOf(all);
        }
        for (Worker worker : left) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            worker.thread.join(Math.max(1, millis));
        }
    }

    /** The worker that is to wake, by whoever holds the monitor now; a new one if all are at work. */
    private Worker next() {
        waking = true;
        Worker next = idle.poll();
        if (next == null) {
            next = new Worker();
            all.add(next);
        }
        next.isOnItsWay = true;
        return next;
    }

    private void wake(Worker next) {
        if (next == null) {
            return;
        }
        if (next.isStarted) {
            LockSupport.unpark(next.thread);
            return;
        }
        next.isStarted = true;
        boolean started = false;
        try {
            next.thread.start();
            started = true;
        } finally {
            if (!started) {
                forget(next); // no memory for one more thread: those there are take the work
            }
        }
    }

    private synchronized void forget(Worker worker) {
        all.remove(worker);
        if (worker.isOnItsWay) {
            waking = false;
        }
    }

    private final class Worker implements Runnable {
        private final Thread thread = factory.newThread(this);
        private final long born = generation; // made under the pool's monitor
        private boolean isStarted; // touched by whoever wakes it, one at a time
        private boolean isOnItsWay; // guarded by the pool's monitor
        private boolean isEnding; // its own thread's, as what follows
        private Runnable kept;

        boolean keep(Runnable action) {
            if (!isEnding || kept != null) {
                return false;
            }
            kept = action;
            return true;
        }

        void last(Runnable action) {
            isEnding = true;
            try {
                action.run();
            } finally {
                isEnding = false;
            }
        }

        @Override
        public void run() {
            current.set(this);
            for (Runnable action = take(); action != null; action = following()) {
                perform(action);
            }
            forget(this);
        }

        private Runnable following() {
            Runnable action = kept;
            kept = null;
            return action == null ? take() : action;
        }

        private void perform(Runnable action) {
            try {
                action.run();
            } catch (Throwable e) { // the thread goes on with the next
                LOG.error("A worker met an error that nobody expected; it goes on", e);
            }
        }

        /** The next piece of work, or null if there was none for long. */
        private Runnable take() {
            do {
                Runnable action;
                Worker next = null;
                synchronized (WorkerPool.this) {
                    boolean old = born != generation;
                    action = old ? null : queue.poll();
                    if (isOnItsWay) {
                        isOnItsWay = false;
                        waking = false;
                    }
                    if (action == null) {
                        if (closed) {
                            return null;
                        }
                        if (!old) {
                            idle.push(this);
                        } else if (!waking && !queue.isEmpty()) {
                            next = next(); // in its place
                        }
                    } else if (!waking && !queue.isEmpty()) {
                        next = next();
                    }
                }
                wake(next);
                if (action != null) {
                    return action;
                }
            } while (isYoung() && isWoken());
            return null;
        }

        private boolean isYoung() {
            synchronized (WorkerPool.this) {
                return born == generation || isOnItsWay;
            }
        }

        private boolean isWoken() {
            long end = System.nanoTime() + keepNanos;
            while (true) {
                LockSupport.parkNanos(WorkerPool.this, end - System.nanoTime());
                Thread.interrupted(); // one that came too late is nobody's any more
                synchronized (WorkerPool.this) {
                    if (isOnItsWay) {
                        return true;
                    }
                    if (closed || born != generation || end - System.nanoTime() <= 0) {
                        idle.remove(this);
                        return false;
                    }
                }
            }
        }
    }
}
