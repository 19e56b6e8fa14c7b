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

/** The runs that have ended and are still kept, oldest end first. Thread safe. */
final class FinishedRuns {
    private static final Comparator<Finished> BY_END =
            Comparator.comparing(Finished::ended).thenComparing(f -> f.run().id());

    private final NavigableSet<Finished> runs = new TreeSet<>(BY_END);
    private int kept;

    /** A run that has ended. */
    record Finished(MemoryRun run, Instant ended) {}

    FinishedRuns(int kept) {
        this.kept = kept;
    }

    /** Adds one; the answer is those that are no longer kept. */
    synchronized List<Finished> add(MemoryRun run, Instant ended) {
        runs.add(new Finished(run, ended));
        return drop();
    }

    /** From now on so many are kept; the answer is those that are no longer. */
    synchronized List<Finished> keep(int number) {
        kept = number;
        return drop();
    }

    private List<Finished> drop() {
        if (runs.size() <= kept) {
            return List.of();
        }
        List<Finished> dropped = new ArrayList<>();
        while (runs.size() > kept) {
            dropped.add(runs.pollFirst());
        }
        return dropped;
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
                taken.add(next);
            }
        }
        return taken;
    }
}
