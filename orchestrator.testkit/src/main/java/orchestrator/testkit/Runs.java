package orchestrator.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunSummary;

/** A run to be made for a test: each method changes one thing, {@link #summary} and the like give it as it then is. */
public final class Runs {
    private final String id;
    private final Instant created;
    private final Map<String, String> labels = new HashMap<>();
    private RunKind kind = RunKind.USER;
    private String workflow = "contract";
    private RunStatus status = RunStatus.RUNNING;
    private Reason reason;
    private Instant wakeAt;
    private Set<String> waitKeys = Set.of();
    private int priority;
    private int progress;
    private Instant started;
    private Instant ended;
    private String parent;
    private String origin;
    private String error;
    private String startKey;
    private String inputHash;

    private Runs(String id, Instant created) {
        this.id = id;
        this.created = created;
    }

    /** A running user run without any extras. */
    public static Runs run(String id, Instant created) {
        return new Runs(id, created);
    }

    /** Entries with different bodies, from a sequence on. */
    public static List<Entry> entries(long from, int count, Instant at) {
        return LongStream.range(from, from + count).mapToObj(n -> entry(n, at)).toList();
    }

    private static Entry entry(long sequence, Instant at) {
        byte[] body = ("{\"n\":" + sequence + "}").getBytes(StandardCharsets.UTF_8);
        return Entry.of(sequence, "Noted", 1, at, body);
    }

    /** Sets whose run it is. */
    public Runs kind(RunKind value) {
        kind = value;
        return this;
    }

    /** Sets the workflow. */
    public Runs workflow(String value) {
        workflow = value;
        return this;
    }

    /** Sets the status. */
    public Runs status(RunStatus value) {
        status = value;
        return this;
    }

    /** Sets a final status and when it was reached. */
    public Runs ended(RunStatus value, Instant at) {
        ended = at;
        return status(value);
    }

    /** Sets why it does not go on. */
    public Runs reason(Reason value) {
        reason = value;
        return this;
    }

    /** Sets when it is due. */
    public Runs wakeAt(Instant value) {
        wakeAt = value;
        return this;
    }

    /** Sets what it waits for. */
    public Runs waitKeys(String... values) {
        waitKeys = Set.of(values);
        return this;
    }

    /** Sets its priority. */
    public Runs priority(int value) {
        priority = value;
        return this;
    }

    /** Sets its progress. */
    public Runs progress(int value) {
        progress = value;
        return this;
    }

    /** Adds a label. */
    public Runs label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Sets when its first attempt was scheduled. */
    public Runs started(Instant value) {
        started = value;
        return this;
    }

    /** Sets where it comes from. */
    public Runs lineage(String parentRun, String originRun) {
        parent = parentRun;
        origin = originRun;
        return this;
    }

    /** Sets why it failed. */
    public Runs error(String value) {
        error = value;
        return this;
    }

    /** Sets the start key and the hash of the input. Runs with the same key need ids of the same placement. */
    public Runs startKey(String key, String hash) {
        startKey = key;
        inputHash = hash;
        return this;
    }

    /** The summary. */
    public RunSummary summary() {
        return new RunSummary(
                id,
                kind,
                workflow,
                "sha256-" + workflow,
                "1.10",
                status,
                reason,
                wakeAt,
                waitKeys,
                priority,
                labels,
                progress,
                created,
                started,
                ended,
                parent,
                origin,
                error);
    }

    /** The run with two entries, for nobody in particular. */
    public NewRun unowned() {
        return withEntries(2, false);
    }

    /** The run with two entries, for the node that creates it. */
    public NewRun owned() {
        return withEntries(2, true);
    }

    /** The run with so many entries. */
    public NewRun withEntries(int count, boolean owned) {
        return new NewRun(summary(), entries(1, count, created), startKey, inputHash, owned);
    }
}
