package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import orchestrator.api.state.Append;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactEntry;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store holds of an active run: the number of its last entry, its listed summary, its inbox; and the appends
 * that go on from there. Only the run's thread touches it.
 */
final class StoredRun {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRun.class);

    /** How often the progress that a store lists is renewed at most. */
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final String id;
    private final long epoch;
    private final InboxMark inbox;
    private final RunContext context;
    private long lastSequence;
    private RunSummary summary;
    private Instant summaryAt;

    /** A run as the store has it, and the messages of its inbox. */
    record Reread(RunState state, List<Mail> mail) {}

    StoredRun(
            RunSummary summary,
            long epoch,
            long lastSequence,
            InboxMark inbox,
            RunContext context) {
        this.id = summary.id();
        this.epoch = epoch;
        this.lastSequence = lastSequence;
        this.summary = summary;
        this.inbox = inbox;
        this.context = context;
        this.summaryAt = context.clock().now();
    }

    String id() {
        return id;
    }

    long epoch() {
        return epoch;
    }

    InboxMark inbox() {
        return inbox;
    }

    long lastSequence() {
        return lastSequence;
    }

    RunSummary summary() {
        return summary;
    }

    /** Ends a run whose journal would go on beyond its limit: one day it could not be read in time. */
    void bound(Decider decider, RunState state) {
        long next = lastSequence + decider.facts().size();
        if (lastSequence < Limits.LARGE_JOURNAL && next >= Limits.LARGE_JOURNAL) {
            LOG.warn("The journal of run {} has {} entries", id, next);
        }
        if (next > Limits.MAX_JOURNAL && !state.isEnded()) {
            decider.decide(
                    new Command.Fail(
                            "journal",
                            "Expected a journal of at most %,d entries, but it goes on"
                                    .formatted(Limits.MAX_JOURNAL)));
        }
    }

    /** The append of new facts; the summary goes with it only if what is listed has changed. */
    Append next(
            List<Fact> facts,
            List<Long> consumed,
            RunState state,
            Summaries.Standing standing,
            Instant now,
            boolean release) {
        List<Entry> entries = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            entries.add(
                    new FactEntry(lastSequence + entries.size() + 1, now, fact, context.codec()));
        }
        boolean changed =
                release
                        || differs(standing)
                        || isStale(state, now)
                        || !state.terms().definition().equals(summary.definitionHash());
        if (changed) {
            summaryAt = now;
        }
        RunSummary changedSummary = changed ? Summaries.of(id, state, standing) : null;
        return append(entries, consumed, changedSummary, release);
    }

    /**
     * The append that says why the run does not go on, and leaves it. Messages that were taken in and not recorded stay
     * in the store for who takes the run next; they have been seen, so that they hold up nothing now.
     */
    Append quarantine(String why) {
        RunSummary quarantined = Summaries.quarantined(summary, why, context.clock().now());
        return append(List.of(), List.of(), quarantined, true);
    }

    private Append append(
            List<Entry> entries, List<Long> consumed, RunSummary changed, boolean release) {
        return new Append(
                id,
                epoch,
                context.ids().get(),
                entries,
                lastSequence,
                consumed,
                inbox.seen(),
                changed,
                release);
    }

    private boolean differs(Summaries.Standing now) {
        return now.status() != summary.status()
                || !now.waitKeys().equals(summary.waitKeys())
                || !Objects.equals(now.reason(), summary.reason())
                || !Objects.equals(now.wakeAt(), summary.wakeAt());
    }

    private boolean isStale(RunState state, Instant now) {
        return state.progress() != summary.progress()
                && Duration.between(summaryAt, now).compareTo(PROGRESS_INTERVAL) >= 0;
    }

    /** The append is durable. */
    void appended(Append done) {
        lastSequence += done.entries().size();
        if (done.summary() != null) {
            summary = done.summary();
        }
    }

    /** An append was refused, because what it assumed is not so: what the store has of the run now. */
    Reread reread(Append refused) {
        Journal.Replayed replayed = context.journal().replay(id);
        List<Mail> mail =
                context.store().backend().mail(context.store().lease()).stream()
                        .filter(message -> message.run().equals(id))
                        .toList();
        lastSequence = replayed.lastSequence();
        inbox.forget(refused.consumed());
        return new Reread(replayed.state(), mail);
    }
}
