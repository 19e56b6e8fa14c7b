package orchestrator.engine.core;

import java.time.Instant;
import java.util.Comparator;

/**
 * A time that comes for a step.
 *
 * @param at the time
 * @param step the step's place
 * @param what what comes then
 */
record Due(Instant at, int step, What what) implements Comparable<Due> {
    /** What comes. */
    enum What {
        /** The end of what it waits for. */
        WAIT,
        /** The end of the step. */
        DEADLINE
    }

    private static final Comparator<Due> EARLIEST_FIRST =
            Comparator.comparing(Due::at).thenComparing(Due::step).thenComparing(Due::what);

    @Override
    public int compareTo(Due other) {
        return EARLIEST_FIRST.compare(this, other);
    }
}
