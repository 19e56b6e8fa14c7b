package orchestrator.state.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import orchestrator.api.run.RunStatus;

/**
 * The runs that have ended and are still kept, oldest end first. So many are kept, and fewer if their journals are long:
 * the heap is bounded also where each run is a large one. Thread safe.
 */
final class FinishedRuns {
    private static final Comparator<Finished> BY_END =
            Comparator.comparing(Finished::ended).thenComparing(f -> f.run().id());

    /** How long the journals may be on average; that of a run of ten steps has about 20 entries. */
    static final int ENTRIES_OF_A_RUN = 30;

    private final NavigableSet<Finished> runs = new TreeSet<>(BY_END);
    private int kept;
    private long entries;

    /** A run that has ended. */
    record Finished(MemoryRun run, Instant ended, int entries) {}

    FinishedRuns(int kept) {
        this.kept = kept;
    }

    /** Adds one whose journal has so many entries; the answer is those that are no longer kept. */
    synchronized List<Finished> add(MemoryRun run, Instant ended, int length) {
        if (runs.add(new Finished(run, ended, length))) {
            entries += length;
        }
        return drop();
    }

    /** From now on so many are kept; the answer is those that are no longer. */
    synchronized List<Finished> keep(int number) {
        kept = number;
        return drop();
    }

    private List<Finished> drop() {
        if (!isTooMuch()) {
            return List.of();
        }
        List<Finished> dropped = new ArrayList<>();
        while (isTooMuch()) {
            Finished oldest = runs.pollFirst();
            entries -= oldest.entries;
            dropped.add(oldest);
        }
        return dropped;
    }

    /** The newest is kept however long it is, unless none is to be kept. */
    private boolean isTooMuch() {
        return runs.size() > kept || (runs.size() > 1 && entries > (long) kept * ENTRIES_OF_A_RUN);
    }

    /** Takes out runs that ended before a time in one of the statuses. */
    synchronized List<Finished> take(
            Instant endedBefore, Collection<RunStatus> statuses, int limit) {
        List<Finished> taken = new ArrayList<>();
        Iterator<Finished> oldest = runs.iterator();
        while (taken.size() < limit && oldest.hasNext()) {
            Finished next = oldest.next();
            if (!next.ended().isBefore(endedBefore)) {
                break;
            }
            if (statuses.contains(next.run().summary().status())) {
                oldest.remove();
                entries -= next.entries;
                taken.add(next);
            }
        }
        return taken;
    }
}
