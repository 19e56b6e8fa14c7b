package orchestrator.engine.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;

/** The scheduled attempts of one kind that have a time, the earliest first. Belongs to the state: facts alone change it. */
final class Delays {
    private static final Comparator<Delay> EARLIEST_FIRST =
            Comparator.comparing(Delay::at)
                    .thenComparing(delay -> delay.cell.step())
                    .thenComparing(delay -> delay.cell.item());

    private final TreeSet<Delay> all = new TreeSet<>(EARLIEST_FIRST);

    /** A piece of work, and when its attempt may start. */
    record Delay(Instant at, CellId cell) {}

    void add(Instant at, CellId cell) {
        all.add(new Delay(at, cell));
    }

    void remove(Instant at, CellId cell) {
        all.remove(new Delay(at, cell));
    }

    int size() {
        return all.size();
    }

    /** The earliest, or null. */
    Delay first() {
        return all.isEmpty() ? null : all.first();
    }

    /** The earliest whose time has not come, or null. */
    Delay after(Instant now) {
        Iterator<Delay> later =
                all.tailSet(new Delay(now, new CellId(Integer.MAX_VALUE, Integer.MAX_VALUE)), false)
                        .iterator();
        return later.hasNext() ? later.next() : null;
    }

    /** Takes all of them out. */
    Iterable<Delay> clear() {
        TreeSet<Delay> old = new TreeSet<>(all);
        all.clear();
        return old;
    }
}
