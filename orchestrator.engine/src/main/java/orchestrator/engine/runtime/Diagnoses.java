package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.engine.attempt.Attempts;
import orchestrator.engine.attempt.Lingering;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.core.Why;

/** Why runs stand where they stand, from what this node and its store know. Blocking, thread safe. */
final class Diagnoses {
    private final String node;
    private final Runs runs;
    private final RunViews views;
    private final StoreLink store;
    private final Attempts attempts;
    private final Supplier<EngineLimits> limits;

    Diagnoses(
            String node,
            Runs runs,
            RunViews views,
            StoreLink store,
            Attempts attempts,
            Supplier<EngineLimits> limits) {
        this.node = node;
        this.runs = runs;
        this.views = views;
        this.store = store;
        this.attempts = attempts;
        this.limits = limits;
    }

    /** The answer, the most important first; never empty. */
    List<Explanation> why(RunSummary summary, Instant now) {
        List<Explanation> all = new ArrayList<>(stands(summary, now));
        for (Lingering body : attempts.lingering(summary.id())) {
            all.add(
                    new Explanation(
                            new Reason("interrupt", body.step(), body.since(), null),
                            body.text(now) + " of node " + node));
        }
        return all;
    }

    private List<Explanation> stands(RunSummary summary, Instant now) {
        Optional<ActiveRun> here = runs.find(summary.id());
        StateBackend backend = store.backend();
        long queued = backend.count().getOrDefault(RunStatus.QUEUED, 0L);
        if (here.isPresent()) {
            Optional<List<Explanation>> live =
                    views.look(
                            here.get(),
                            state ->
                                    Why.of(
                                            state,
                                            now,
                                            around(
                                                    true,
                                                    here.get().effects().bodies(),
                                                    queued,
                                                    null)));
            if (live.isPresent()) {
                return withChild(summary.id(), live.get());
            }
        }
        try {
            RunState state = views.replay(summary.id());
            Why.Owner owner = owner(summary.id());
            List<Explanation> told = Why.of(state, now, around(false, Map.of(), queued, owner));
            return withChild(summary.id(), aside(summary, told));
        } catch (UnknownEntryException e) {
            return List.of(unreadable(summary, e.getMessage()));
        }
    }

    private Why.Around around(
            boolean isHere, Map<String, Integer> bodies, long queued, Why.Owner owner) {
        EngineLimits now = limits.get();
        return new Why.Around(
                node,
                isHere,
                bodies,
                new Why.Room(now.runs() - runs.room().left(), now.runs()),
                new Why.Room(attempts.busy(), now.tasks()),
                queued,
                owner);
    }

    private Why.Owner owner(String run) {
        if (!(store.backend() instanceof StateInspection inside)) {
            return null;
        }
        MemberState owner = inside.owner(run).orElse(null);
        return owner == null
                ? null
                : new Why.Owner(
                        owner.lease().node(),
                        owner.until(),
                        owner.until().isBefore(owner.lease().storeTime()));
    }

    /** What a store lists is not always in the journal: a run that was put aside once. */
    private static List<Explanation> aside(RunSummary summary, List<Explanation> told) {
        Reason reason = summary.reason();
        boolean aside = reason != null && reason.code().equals("quarantined");
        if (!aside || told.get(0).reason().code().equals("quarantined")) {
            return told;
        }
        List<Explanation> all = new ArrayList<>();
        all.add(
                new Explanation(
                        reason,
                        "It was put aside at %s (%s), but can be read now: run:resume lets it go on"
                                .formatted(reason.since(), reason.subject())));
        all.addAll(told);
        return all;
    }

    private static Explanation unreadable(RunSummary summary, String why) {
        Reason listed = summary.reason();
        Reason reason =
                listed != null && listed.code().equals("quarantined")
                        ? listed
                        : new Reason("quarantined", why, null, null);
        return new Explanation(
                reason,
                summary.status().isFinal()
                        ? "It has ended as %s, and its journal cannot be read: %s"
                                .formatted(summary.status(), why)
                        : "Its journal cannot be read (%s): restore it from a copy and run:resume it, or run:cancel ends it"
                                .formatted(why));
    }

    /** Which child it is that a parent waits for, and why. */
    private List<Explanation> withChild(String run, List<Explanation> told) {
        List<Explanation> all = new ArrayList<>();
        for (Explanation each : told) {
            all.add(each);
            if (each.reason().code().equals("children")) {
                Reason child = ChildReason.of(run, each.reason(), store.backend());
                if (!child.equals(each.reason())) {
                    all.add(
                            new Explanation(
                                    child, "One of them stands still itself: " + child.subject()));
                }
            }
        }
        return all;
    }
}
