package orchestrator.state.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;

/** All runs by id, with what is derived from them: start keys, order, counts, and which are kept. Thread safe. */
final class RunTable {
    private final ConcurrentMap<String, MemoryRun> runs = new ConcurrentHashMap<>();
    private final StartKeys keys = new StartKeys();
    private final RunOrder order = new RunOrder();
    private final StatusCounts counts = new StatusCounts();
    private final FinishedRuns finished;

    RunTable(int finishedKept) {
        finished = new FinishedRuns(finishedKept);
    }

    MemoryRun get(String id) {
        return runs.get(id);
    }

    /** Stores a run, unless it exists or another has its start key. */
    CreateOutcome create(NewRun wanted, MemoryRun run) {
        if (wanted.startKey() != null && !runs.containsKey(run.id())) {
            return keys.take(wanted, () -> store(run));
        }
        store(run);
        return new CreateOutcome(CreateOutcome.Kind.CREATED, run.id());
    }

    private boolean store(MemoryRun run) {
        if (runs.putIfAbsent(run.id(), run) != null) {
            return false;
        }
        order.add(run);
        counts.added(run.summary());
        run.begin();
        return true;
    }

    /** Takes all runs from a member whose lease is over. */
    void orphan(Membership former) {
        runs.values().forEach(run -> run.orphan(former));
    }

    long ownedBy(Membership member) {
        return runs.values().stream().filter(run -> run.isOwnedBy(member)).count();
    }

    /** A run's summary was replaced. */
    void changed(RunSummary before, RunSummary after) {
        if (before.status() != after.status()) {
            counts.removed(before);
            counts.added(after);
        }
    }

    /** From now on so many ended runs are kept. */
    void keepFinished(int kept) {
        finished.keep(kept).forEach(this::remove);
    }

    /** A run has ended. */
    void ended(MemoryRun run, Instant at) {
        finished.add(run, at, run.length()).forEach(this::remove);
    }

    List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        List<FinishedRuns.Finished> deleted = finished.take(endedBefore, statuses, limit);
        deleted.forEach(this::remove);
        keys.forget(keysBefore);
        return deleted.stream().map(gone -> gone.run().id()).toList();
    }

    private void remove(FinishedRuns.Finished gone) {
        MemoryRun run = gone.run();
        if (!runs.remove(run.id(), run)) {
            return;
        }
        if (run.startKey() != null) {
            keys.retire(run.summary().workflow(), run.startKey(), gone.ended());
        }
        counts.removed(run.summary());
        order.remove(run);
    }

    SummaryPage find(RunQuery query) {
        return order.find(query);
    }

    Map<RunStatus, Long> count() {
        return counts.read();
    }
}
