package itests.simulation;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Virtual time, and what is to happen in it, on one thread. An action that waits lets others happen meanwhile: it stays on
 * the stack until its wait is over, as a thread would stand still.
 */
final class Loop {
    static final long MICRO = 1_000L;
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Findings findings;
    private final long maxSteps;
    private long now;
    private long order;
    private long steps;
    private int depth;

    private record Event(long at, long order, Life life, Runnable action)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /**
     * An empty loop.
     *
     * @param maxSteps after so many events a simulation is taken for one that goes round in a circle
     */
    Loop(Findings findings, long maxSteps) {
        this.findings = findings;
        this.maxSteps = maxSteps;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    /** How many actions wait at the moment. */
    int depth() {
        return depth;
    }

    /** Lets something happen in a life; null for what happens outside of all nodes. */
    void after(long delay, Life life, Runnable action) {
        events.add(new Event(now + Math.max(0, delay), order++, life, action));
    }

    /** Lets things happen until something is so, or up to a time. */
    boolean run(BooleanSupplier done, long until) {
        depth++;
        try {
            while (!done.getAsBoolean() && !findings.any()) {
                Event next = events.peek();
                if (next == null || next.at > until) {
                    now = Math.max(now, until);
                    return done.getAsBoolean();
                }
                perform(events.remove());
            }
            return done.getAsBoolean();
        } finally {
            depth--;
        }
    }

    private void perform(Event event) {
        now = Math.max(now, event.at);
        Life life = event.life;
        if (life != null && life.isDead()) {
            return;
        }
        if (life != null && life.frozenUntil() > now) {
            events.add(new Event(life.frozenUntil(), event.order, life, event.action));
            return;
        }
        if (++steps > maxSteps) {
            findings.report("endless", "Expected an end after %d events".formatted(maxSteps));
            return;
        }
        try {
            event.action.run();
        } catch (Life.Over e) {
            // the process was killed at this point
        } catch (RuntimeException | Error e) {
            findings.report("thrown", e);
        }
    }
}
