package orchestrator.state.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;

/** The start keys, which outlive their runs. Thread safe. */
final class StartKeys {
    private static final Comparator<Retired> BY_END =
            Comparator.comparing(Retired::ended)
                    .thenComparing(r -> r.key().workflow())
                    .thenComparing(r -> r.key().key());

    private final ConcurrentMap<Key, Holder> holders = new ConcurrentHashMap<>();
    private final NavigableSet<Retired> retired = new TreeSet<>(BY_END);

    private record Key(String workflow, String key) {}

    private record Holder(String run, String inputHash) {}

    private record Retired(Key key, Instant ended) {}

    /**
     * Takes the run's key and stores the run as one step, unless another run has the key.
     *
     * @param store stores the run and says whether there was none with that id
     */
    CreateOutcome take(NewRun run, BooleanSupplier store) {
        String id = run.summary().id();
        Holder wanted = new Holder(id, run.inputHash());
        Holder holder =
                holders.compute(
                        new Key(run.summary().workflow(), run.startKey()),
                        (key, found) -> {
                            if (found != null) {
                                return found;
                            }
                            return store.getAsBoolean() ? wanted : null;
                        });
        if (holder == null || holder.run().equals(id)) {
            return new CreateOutcome(CreateOutcome.Kind.CREATED, id);
        }
        boolean sameInput = Objects.equals(holder.inputHash(), run.inputHash());
        return new CreateOutcome(
                sameInput ? CreateOutcome.Kind.EXISTS : CreateOutcome.Kind.KEY_CONFLICT,
                holder.run());
    }

    /** The run of a key was deleted. */
    void retire(String workflow, String key, Instant ended) {
        synchronized (retired) {
            retired.add(new Retired(new Key(workflow, key), ended));
        }
    }

    /** Forgets the keys of deleted runs that ended before a time. */
    void forget(Instant endedBefore) {
        synchronized (retired) {
            while (!retired.isEmpty() && retired.first().ended().isBefore(endedBefore)) {
                holders.remove(retired.pollFirst().key());
            }
        }
    }
}
