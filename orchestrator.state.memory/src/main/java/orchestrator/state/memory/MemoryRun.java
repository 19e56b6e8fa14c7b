package orchestrator.state.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Logs;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;

/** One run with all that belongs to it. Its monitor is the lock of the run; the index of due runs is inside it. */
final class MemoryRun {
    private static final Logs NO_LOGS = new Logs(List.of(), 0);

    private final String id;
    private final String startKey;
    private final DueIndex due;
    private final InstantSource clock;
    private final RunTable table;
    private final List<Entry> journal;
    private Inbox inbox = Inbox.NONE;
    private volatile RunSummary summary;
    private volatile Snapshot snapshot;
    private volatile RunLog log;
    private Membership owner;
    private long epoch;
    private String newestAppend;
    private long newestAppendEpoch;
    private long seenAtRelease;
    private long sequenceAtClaim = -1;
    private int fruitlessClaims;
    private boolean orphan; // its last owner did not release it

    MemoryRun(NewRun run, Membership owner, RunTable table, DueIndex due, InstantSource clock) {
        this.id = run.summary().id();
        this.startKey = run.startKey();
        this.table = table;
        this.due = due;
        this.clock = clock;
        this.journal = new ArrayList<>(run.entries());
        this.summary = run.summary();
        this.owner = owner;
        this.epoch = 1;
    }

    String id() {
        return id;
    }

    /** How many entries its journal has. */
    synchronized int length() {
        return journal.size();
    }

    String startKey() {
        return startKey;
    }

    RunSummary summary() {
        return summary;
    }

    synchronized Optional<Membership> owner() {
        return Optional.ofNullable(owner);
    }

    /** It is stored from now on, and can be claimed unless it is owned. */
    synchronized void begin() {
        if (owner == null) {
            await();
        }
    }

    synchronized AppendOutcome append(Membership member, Append append) {
        if (append.appendId().equals(newestAppend) && append.epoch() == newestAppendEpoch) {
            return AppendOutcome.APPENDED;
        }
        if (member == null || owner != member || epoch != append.epoch() || member.isFenced()) {
            return AppendOutcome.FENCED;
        }
        if (!continues(append)) {
            return AppendOutcome.CONFLICT;
        }
        boolean leaves = append.release() || append.ends();
        if (leaves && inbox.tail() > append.inboxSeen()) {
            return AppendOutcome.MAIL;
        }
        write(append);
        if (leaves) {
            leave(append);
        }
        return AppendOutcome.APPENDED;
    }

    private boolean continues(Append append) {
        return journal.size() == append.lastSequence()
                && (append.entries().isEmpty()
                        || append.entries().get(0).sequence() == journal.size() + 1L);
    }

    private void write(Append append) {
        journal.addAll(append.entries());
        if (!append.consumed().isEmpty()) {
            inbox.consume(append.consumed());
            owner.mail(this, !inbox.isEmpty());
        }
        if (append.summary() != null) {
            table.changed(summary, append.summary());
            summary = append.summary();
        }
        newestAppend = append.appendId();
        newestAppendEpoch = append.epoch();
    }

    private void leave(Append append) {
        owner.mail(this, false);
        owner = null;
        seenAtRelease = append.inboxSeen();
        if (append.ends()) {
            inbox.clear();
        } else {
            await();
        }
    }

    private void await() {
        if (summary.status().isFinal()) {
            return; // it ended with its creation: nobody claims it, and it is in nobody's way
        }
        boolean unread = inbox.tail() > seenAtRelease;
        due.put(waiting(unread, clock.instant()));
    }

    private Waiting waiting(boolean ready, Instant since) {
        return new Waiting(
                this, since, ready, summary.wakeAt(), summary.waitKeys(), summary.priority());
    }

    synchronized PostOutcome post(Post post) {
        long known = inbox.numberOf(post.messageId());
        if (known > 0) {
            return new PostOutcome(PostOutcome.Kind.DUPLICATE, known);
        }
        if (summary.status().isFinal()) {
            return new PostOutcome(PostOutcome.Kind.ENDED, 0);
        }
        if (inbox == Inbox.NONE) {
            inbox = new Inbox();
        }
        long number = inbox.add(post);
        if (owner != null) {
            owner.mail(this, true);
        } else {
            due.makeReady(this, clock.instant());
        }
        return new PostOutcome(PostOutcome.Kind.POSTED, number);
    }

    /** The messages for an owner; none for anybody else. */
    synchronized List<Mail> mail(Membership member) {
        return owner == member ? inbox.messages() : List.of();
    }

    /** Gives it to a member, unless it has an owner or has ended. */
    synchronized Optional<ClaimedRun> claim(Membership member) {
        if (owner != null || summary.status().isFinal()) {
            return Optional.empty();
        }
        due.remove(this);
        boolean wasOrphan = orphan;
        orphan = false;
        owner = member;
        if (!inbox.isEmpty()) {
            owner.mail(this, true);
        }
        epoch++;
        fruitlessClaims = sequenceAtClaim == journal.size() ? fruitlessClaims + 1 : 1;
        sequenceAtClaim = journal.size();
        return Optional.of(
                new ClaimedRun(
                        summary,
                        epoch,
                        journal.size(),
                        fruitlessClaims,
                        wasOrphan,
                        inbox.messages(),
                        inbox.tail()));
    }

    /** Gives it to a member to be mended, ended or not, unless it has an owner. */
    synchronized Optional<ClaimedRun> take(Membership member) {
        if (owner != null) {
            return Optional.empty();
        }
        due.remove(this);
        owner = member;
        epoch++;
        fruitlessClaims = 0;
        sequenceAtClaim = -1;
        return Optional.of(
                new ClaimedRun(
                        summary, epoch, journal.size(), 0, orphan, inbox.messages(), inbox.tail()));
    }

    /** Whether that member owns it. */
    synchronized boolean isOwnedBy(Membership member) {
        return owner == member;
    }

    /** Takes it from a member whose lease is over; whoever claims next may have it. */
    synchronized void orphan(Membership former) {
        if (owner == former) {
            owner.mail(this, false);
            owner = null;
            orphan = true;
            if (!summary.status().isFinal()) {
                due.put(waiting(true, clock.instant()));
            }
        }
    }

    synchronized List<Entry> journal(long from, int limit) {
        int first = (int) Math.max(0, Math.min(from - 1, journal.size()));
        int end = (int) Math.min((long) first + limit, journal.size());
        return List.copyOf(journal.subList(first, end));
    }

    Optional<Snapshot> snapshot() {
        return Optional.ofNullable(snapshot);
    }

    void snapshot(Snapshot newest) {
        snapshot = newest;
    }

    Logs logs() {
        RunLog lines = log;
        return lines == null ? NO_LOGS : lines.read();
    }

    void log(List<LogLine> lines, int keep) {
        openLog().add(lines, keep);
    }

    private synchronized RunLog openLog() {
        if (log == null) {
            log = new RunLog();
        }
        return log;
    }
}
