package orchestrator.testkit.simple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;

/** Runs find owners. The caller holds the store's lock. */
class SimpleClaiming {
    private final SimpleStore store;
    private final SimpleNodes nodes;

    SimpleClaiming(SimpleStore store, SimpleNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        Instant now = nodes.now();
        nodes.takeOver(node);
        nodes.require(node);
        List<ClaimedRun> claimed =
                store.runs.values().stream()
                        .filter(run -> !run.ended() && canBeClaimed(run, now, waitKeys))
                        .sorted(order(now))
                        .limit(limit)
                        .map(run -> take(run, node))
                        .toList();
        Optional<Instant> next =
                store.runs.values().stream()
                        .filter(run -> !run.ended() && run.owner == null)
                        .map(run -> run.summary.wakeAt())
                        .filter(at -> at != null)
                        .min(Comparator.naturalOrder());
        return new Claims(claimed, next, now);
    }

    boolean canBeClaimed(SimpleRun run, Instant now, Collection<String> waitKeys) {
        if (run.owner != null) {
            return !nodes.isMember(run.owner);
        }
        return run.hasUnreadMail()
                || isDue(run, now)
                || !Collections.disjoint(run.summary.waitKeys(), waitKeys);
    }

    /** Higher priority first, then the longest due. */
    Comparator<SimpleRun> order(Instant now) {
        return Comparator.comparingInt((SimpleRun run) -> run.summary.priority())
                .reversed()
                .thenComparing(run -> dueSince(run, now))
                .thenComparing(run -> run.summary.id());
    }

    private static boolean isDue(SimpleRun run, Instant now) {
        return run.summary.wakeAt() != null && !run.summary.wakeAt().isAfter(now);
    }

    private static Instant dueSince(SimpleRun run, Instant now) {
        if (run.owner != null) {
            return Instant.EPOCH;
        }
        return isDue(run, now) ? run.summary.wakeAt() : now;
    }

    ClaimedRun take(SimpleRun run, NodeLease node) {
        boolean takenOver = run.owner != null;
        run.owner = node;
        run.epoch = nextEpoch(run);
        run.fruitlessClaims =
                run.sequenceAtClaim == run.lastSequence() ? run.fruitlessClaims + 1 : 1;
        run.sequenceAtClaim = run.lastSequence();
        return new ClaimedRun(
                run.summary,
                run.epoch,
                run.lastSequence(),
                run.fruitlessClaims,
                takenOver,
                new ArrayList<>(run.inbox.values()),
                run.inboxTail);
    }

    long nextEpoch(SimpleRun run) {
        return run.epoch + 1;
    }
}
