package orchestrator.state.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The runs without an owner, found by when they are due and by what they wait for. Thread safe. */
final class DueIndex {
    private static final Comparator<Waiting> BY_ID = Comparator.comparing(w -> w.run().id());
    private static final Comparator<Waiting> BY_WAKE =
            Comparator.comparing(Waiting::wakeAt).thenComparing(BY_ID);
    private static final Comparator<Waiting> BY_CLAIM =
            Comparator.comparingInt(Waiting::priority)
                    .reversed()
                    .thenComparing(Waiting::since)
                    .thenComparing(BY_ID);

    private final Map<MemoryRun, Waiting> all = new HashMap<>();
    private final NavigableSet<Waiting> ready = new TreeSet<>(BY_CLAIM);
    private final NavigableSet<Waiting> readyByWake = new TreeSet<>(BY_WAKE);
    private final NavigableSet<Waiting> later = new TreeSet<>(BY_WAKE);
    private final Map<String, NavigableSet<Waiting>> byKey = new HashMap<>();

    /** Adds a run, or replaces what was known of it. */
    synchronized void put(Waiting waiting) {
        remove(waiting.run());
        add(waiting);
    }

    /** Makes a run claimable whatever its time is; nothing changes if it already is, or is not here. */
    synchronized void makeReady(MemoryRun run, Instant now) {
        Waiting waiting = all.get(run);
        if (waiting != null && !waiting.ready()) {
            put(waiting.becomeReady(now));
        }
    }

    synchronized void remove(MemoryRun run) {
        Waiting waiting = all.remove(run);
        if (waiting == null) {
            return;
        }
        ready.remove(waiting);
        if (waiting.wakeAt() != null) {
            readyByWake.remove(waiting);
            later.remove(waiting);
        }
        for (String key : waiting.keys()) {
            byKey.computeIfPresent(
                    key,
                    (name, runs) -> {
                        runs.remove(waiting);
                        return runs.isEmpty() ? null : runs;
                    });
        }
    }

    /** The runs to be claimed first, which stay here. */
    synchronized List<MemoryRun> first(int limit, Collection<String> keys, Instant now) {
        promote(now);
        NavigableSet<Waiting> best = new TreeSet<>(BY_CLAIM);
        addFirst(best, ready, limit);
        for (String key : keys) {
            addFirst(best, byKey.getOrDefault(key, new TreeSet<>(BY_CLAIM)), limit);
        }
        List<MemoryRun> runs = new ArrayList<>();
        addFirst(best, limit, runs);
        return runs;
    }

    /** The earliest time at which a run is or was due. */
    synchronized Optional<Instant> nextWakeAt() {
        Instant earliest = null;
        for (NavigableSet<Waiting> runs : List.of(readyByWake, later)) {
            if (!runs.isEmpty() && (earliest == null || runs.first().wakeAt().isBefore(earliest))) {
                earliest = runs.first().wakeAt();
            }
        }
        return Optional.ofNullable(earliest);
    }

    private void add(Waiting waiting) {
        all.put(waiting.run(), waiting);
        if (waiting.ready()) {
            ready.add(waiting);
        }
        if (waiting.wakeAt() != null) {
            (waiting.ready() ? readyByWake : later).add(waiting);
        }
        for (String key : waiting.keys()) {
            byKey.computeIfAbsent(key, name -> new TreeSet<>(BY_CLAIM)).add(waiting);
        }
    }

    /** Each run is promoted once, however long it then waits for a claim. */
    private void promote(Instant now) {
        while (!later.isEmpty() && !later.first().wakeAt().isAfter(now)) {
            Waiting due = later.first();
            put(due.becomeReady(due.wakeAt()));
        }
    }

    private static void addFirst(NavigableSet<Waiting> best, Collection<Waiting> runs, int limit) {
        runs.stream().limit(limit).forEach(best::add);
    }

    private static void addFirst(NavigableSet<Waiting> best, int limit, List<MemoryRun> runs) {
        best.stream().limit(limit).forEach(waiting -> runs.add(waiting.run()));
    }
}
