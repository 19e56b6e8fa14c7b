package orchestrator.testkit;

import java.time.Instant;
import java.util.List;
import orchestrator.api.state.Append;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunSummary;

/** An append to be made for a test: each method changes one thing, {@link #build} gives it as it then is. */
public final class Appends {
    private final String run;
    private final long epoch;
    private final long last;
    private String appendId;
    private List<Entry> entries = List.of();
    private List<Long> consumed = List.of();
    private long seen;
    private RunSummary summary;
    private boolean release;

    private Appends(String run, long epoch, long last) {
        this.run = run;
        this.epoch = epoch;
        this.last = last;
        this.appendId = "append-" + epoch + "-" + last;
    }

    /** An append after the last entry of a run. */
    public static Appends to(String run, long epoch, long last) {
        return new Appends(run, epoch, last);
    }

    /** An append to a run as it was claimed. */
    public static Appends to(ClaimedRun run) {
        return to(run.summary().id(), run.epoch(), run.lastSequence()).seen(run.inboxTail());
    }

    /** Sets the append id; without it, it is made of epoch and sequence. */
    public Appends id(String value) {
        appendId = value;
        return this;
    }

    /** Sets the entries to so many, numbered on. */
    public Appends entries(int count, Instant at) {
        return entries(Runs.entries(last + 1, count, at));
    }

    /** Sets the entries. */
    public Appends entries(List<Entry> values) {
        entries = values;
        return this;
    }

    /** Sets the messages that are taken in. */
    public Appends consumed(Long... numbers) {
        consumed = List.of(numbers);
        return this;
    }

    /** Sets the newest message that was seen. */
    public Appends seen(long number) {
        seen = number;
        return this;
    }

    /** Sets the new summary. */
    public Appends summary(RunSummary value) {
        summary = value;
        return this;
    }

    /** Gives the run back. */
    public Appends release() {
        release = true;
        return this;
    }

    /** The append. */
    public Append build() {
        return new Append(run, epoch, appendId, entries, last, consumed, seen, summary, release);
    }
}
