package orchestrator.testkit.simple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.testkit.simple.SimpleStore.StartKey;
import orchestrator.testkit.simple.SimpleStore.StartedRun;

/** Runs begin and are deleted. The caller holds the store's lock. */
class SimpleCreating {
    private final SimpleStore store;
    private final SimpleNodes nodes;

    SimpleCreating(SimpleStore store, SimpleNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        if (runs.stream().anyMatch(NewRun::owned)) {
            nodes.require(node);
        }
        List<CreateOutcome> outcomes = new ArrayList<>();
        runs.forEach(run -> outcomes.add(create(node, run)));
        return outcomes;
    }

    CreateOutcome create(NodeLease node, NewRun run) {
        String id = run.summary().id();
        if (store.runs.containsKey(id)) {
            return new CreateOutcome(CreateOutcome.Kind.CREATED, id);
        }
        StartedRun holder = run.startKey() == null ? null : store.startKeys.get(keyOf(run));
        if (holder != null) {
            boolean same = Objects.equals(holder.inputHash(), run.inputHash());
            return new CreateOutcome(
                    same ? CreateOutcome.Kind.EXISTS : CreateOutcome.Kind.KEY_CONFLICT,
                    holder.run());
        }
        write(node, run);
        return new CreateOutcome(CreateOutcome.Kind.CREATED, id);
    }

    void write(NodeLease node, NewRun run) {
        SimpleRun stored = new SimpleRun(run.summary());
        stored.epoch = 1;
        stored.journal.addAll(run.entries());
        if (run.owned()) {
            stored.owner = node;
        }
        if (run.startKey() != null) {
            store.startKeys.put(
                    keyOf(run), new StartedRun(run.summary().id(), run.inputHash(), null));
        }
        store.runs.put(run.summary().id(), stored);
    }

    private static StartKey keyOf(NewRun run) {
        return new StartKey(run.summary().workflow(), run.startKey());
    }

    List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        List<SimpleRun> gone =
                store.runs.values().stream()
                        .filter(run -> run.ended() && statuses.contains(run.summary.status()))
                        .filter(run -> run.summary.ended().isBefore(endedBefore))
                        .sorted(Comparator.comparing(run -> run.summary.ended()))
                        .limit(limit)
                        .toList();
        gone.forEach(this::delete);
        store.startKeys
                .values()
                .removeIf(key -> key.ended() != null && key.ended().isBefore(keysBefore));
        return gone.stream().map(run -> run.summary.id()).toList();
    }

    void delete(SimpleRun run) {
        String id = run.summary.id();
        store.runs.remove(id);
        store.startKeys.replaceAll(
                (key, holder) ->
                        holder.run().equals(id)
                                ? new StartedRun(id, holder.inputHash(), run.summary.ended())
                                : holder);
    }
}
