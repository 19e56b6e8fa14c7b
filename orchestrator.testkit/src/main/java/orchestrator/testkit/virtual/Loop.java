package orchestrator.testkit.virtual;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Virtual time, and what is to happen in it. Any thread may add to it; things happen on the thread that lets them, and time
 * passes only when nothing else can happen. Thread safe.
 */
public final class Loop {
    /** When virtual time begins. */
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long now;
    private long order;

    private final class Timer implements Comparable<Timer> {
        private final long at;
        private final long number;
        private final Runnable action;

        private Timer(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        @Override
        public int compareTo(Timer other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }

        private void cancel() {
            synchronized (Loop.this) {
                timers.remove(this);
            }
        }
    }

    /** Nanoseconds since the beginning. */
    public synchronized long nanoTime() {
        return now;
    }

    /** The virtual time. */
    public Instant instant() {
        return START.plusNanos(nanoTime());
    }

    /** Lets an action happen soon. */
    public synchronized void execute(Runnable action) {
        ready.add(action);
        notifyAll();
    }

    /** Lets an action happen later; what is returned takes it back. */
    synchronized Runnable after(Duration delay, Runnable action) {
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        Timer timer = new Timer(now + Math.max(0, bounded.toNanos()), order++, action);
        timers.add(timer);
        return timer::cancel;
    }

    /** Lets all happen that can happen now. */
    public void settle() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private synchronized Runnable next() {
        return ready.poll();
    }

    /**
     * Lets time pass up to the next thing that happens by itself, and lets it happen, with all that follows.
     *
     * @param limit the latest time
     * @return false if nothing happens until then; the time is then as it was
     */
    public boolean step(Instant limit) {
        settle();
        Timer timer = due(Duration.between(START, limit).toNanos());
        if (timer == null) {
            return false;
        }
        timer.action.run();
        settle();
        return true;
    }

    private synchronized Timer due(long limit) {
        Timer first = timers.peek();
        if (first == null || first.at > limit) {
            return null;
        }
        now = Math.max(now, first.at);
        return timers.poll();
    }

    /** Lets time pass, and all happen that comes with it. */
    public void advance(Duration time) {
        Instant until = instant().plus(time);
        boolean more = true;
        while (more) {
            more = step(until);
        }
        synchronized (this) {
            now = Math.max(now, Duration.between(START, until).toNanos());
        }
        settle();
    }

    /** Waits, in real time, until something can happen, or what another thread does is done; that one executes something. */
    synchronized void await(BooleanSupplier done) throws InterruptedException {
        while (ready.isEmpty() && !done.getAsBoolean()) {
            wait();
        }
    }
}
