package itests.simulation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.state.memory.MemoryStateBackend;

/**
 * The store of a simulation: it outlives the nodes, keeps entries as bytes, and lets a watcher see all that is written.
 * What a claim gave and nobody heard of is told again by the next claim of the same lease.
 */
class SimulatedStore extends MemoryStateBackend {
    private final Watcher watcher;
    private final Map<String, Owned> newest = new HashMap<>();

    /** Sees writes. */
    interface Watcher {
        /** Nobody. */
        Watcher NONE = new Watcher() {};

        /** An append was answered. */
        default void appended(NodeLease node, Append append, AppendOutcome outcome) {}

        /** A creation was answered. */
        default void created(NewRun run, CreateOutcome outcome) {}

        /** A message is in an inbox. */
        default void posted(Post post) {}

        /** A run has a new owner. */
        default void claimed(NodeLease node, ClaimedRun run) {}
    }

    /** Whose a run was the last time that it was given to somebody. */
    private static final class Owned {
        private final long incarnation;
        private final ClaimedRun run;
        private boolean told = true;

        Owned(long incarnation, ClaimedRun run) {
            this.incarnation = incarnation;
            this.run = run;
        }
    }

    SimulatedStore(InstantSource clock, Watcher watcher) {
        super(clock, 1_000_000);
        this.watcher = watcher;
    }

    @Override
    public boolean isVolatile() {
        return false;
    }

    @Override
    public synchronized List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        List<NewRun> stored = new ArrayList<>();
        for (NewRun run : runs) {
            stored.add(
                    new NewRun(
                            run.summary(),
                            bytes(run.entries()),
                            run.startKey(),
                            run.inputHash(),
                            run.owned()));
        }
        List<CreateOutcome> outcomes = super.create(node, stored);
        for (int i = 0; i < outcomes.size(); i++) {
            watcher.created(stored.get(i), outcomes.get(i));
        }
        return outcomes;
    }

    @Override
    public synchronized List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (Append append : appends) {
            Append stored =
                    new Append(
                            append.run(),
                            append.epoch(),
                            append.appendId(),
                            bytes(append.entries()),
                            append.lastSequence(),
                            append.consumed(),
                            append.inboxSeen(),
                            append.summary(),
                            append.release());
            AppendOutcome outcome = super.append(node, List.of(stored)).get(0);
            if (outcome == AppendOutcome.APPENDED && (append.release() || append.ends())) {
                // one that is repeated may be of an older life of the run
                newest.computeIfPresent(
                        append.run(),
                        (run, owned) -> owned.run.epoch() > append.epoch() ? owned : null);
            }
            watcher.appended(node, stored, outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static List<Entry> bytes(List<Entry> entries) {
        List<Entry> stored = new ArrayList<>();
        for (Entry e : entries) {
            stored.add(Entry.of(e.sequence(), e.type(), e.version(), e.at(), e.body()));
        }
        return stored;
    }

    @Override
    public synchronized Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        Claims claims = super.claim(node, limit, waitKeys);
        for (ClaimedRun run : claims.runs()) {
            newest.put(run.summary().id(), new Owned(node.incarnation(), run));
            watcher.claimed(node, run);
        }
        return limit == 0 ? claims : withUntold(node, claims);
    }

    /** The answer to that claim does not arrive. */
    synchronized void notHeard(Claims claims) {
        for (ClaimedRun run : claims.runs()) {
            Owned owned = newest.get(run.summary().id());
            if (owned != null) {
                owned.told = false;
            }
        }
    }

    private Claims withUntold(NodeLease node, Claims claims) {
        List<ClaimedRun> all = new ArrayList<>(claims.runs());
        for (Owned owned : List.copyOf(newest.values())) {
            if (!owned.told && owned.incarnation == node.incarnation()) {
                owned.told = true;
                all.add(present(node, owned.run));
            }
        }
        return all.size() == claims.runs().size()
                ? claims
                : new Claims(all, claims.nextWakeAt(), claims.storeTime());
    }

    private ClaimedRun present(NodeLease node, ClaimedRun told) {
        String run = told.summary().id();
        List<Mail> inbox = mail(node).stream().filter(m -> m.run().equals(run)).toList();
        long tail = inbox.stream().mapToLong(Mail::number).max().orElse(0);
        return new ClaimedRun(
                told.summary(),
                told.epoch(),
                told.lastSequence(),
                told.fruitlessClaims(),
                told.takenOver(),
                inbox,
                Math.max(tail, told.inboxTail()));
    }

    @Override
    public synchronized List<PostOutcome> post(List<Post> messages) {
        List<PostOutcome> outcomes = super.post(messages);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).kind() == PostOutcome.Kind.POSTED) {
                watcher.posted(messages.get(i));
            }
        }
        return outcomes;
    }

    @Override
    public synchronized List<Mail> mail(NodeLease node) {
        return super.mail(node).stream()
                .sorted(Comparator.comparing(Mail::run).thenComparing(Mail::number))
                .toList();
    }
}
