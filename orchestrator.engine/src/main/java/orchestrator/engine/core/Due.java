package orchestrator.engine.core;

import java.time.Instant;
import java.util.Comparator;

/**
 * A piece of work, or a step, for which a time comes.
 *
 * @param at the time
 * @param cell whose
 */
record Due(Instant at, CellId cell) implements Comparable<Due> {
    private static final Comparator<Due> EARLIEST_FIRST =
            Comparator.comparing(Due::at)
                    .thenComparing(due -> due.cell.step())
                    .thenComparing(due -> due.cell.item());

    @Override
    public int compareTo(Due other) {
        return EARLIEST_FIRST.compare(this, other);
    }
}
