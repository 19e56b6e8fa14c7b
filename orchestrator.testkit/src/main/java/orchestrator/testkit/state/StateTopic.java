package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.After;
import org.junit.Before;

/** What all topics of the contract have in common: a store, a handle on it, and the calls of a single item. */
public abstract class StateTopic {
    /** Text with a zero, a character beyond the first plane, combining and right-to-left ones, quotes and escapes. */
    static final String TEXT = "a\u0000b \uD83D\uDE00 e\u0301 \u202Eabc ' \" \\ \\0 % \r\n";

    /** Longer than any test takes, so that no lease ends by itself. */
    protected static final Duration LONG = Duration.ofMinutes(10);

    /** The shortest lease that the contract allows. */
    protected static final Duration SHORT = Duration.ofSeconds(1);

    private final Callable<TestStore> stores;
    private TestStore store;

    /** The handle that most tests use. */
    protected StateBackend backend;

    /** The time of the store when the test began. */
    protected Instant now;

    /** A node that stays a member during the test. */
    protected NodeLease node;

    StateTopic(Callable<TestStore> stores) {
        this.stores = stores;
    }

    /** Opens the store. */
    @Before
    public void openStore() throws Exception {
        store = stores.call();
        assumeTrue("the store's clock cannot be set", store != null);
        backend = store.open();
        node = backend.enter("node-1", LONG);
        now = node.storeTime();
    }

    /** Closes the store. */
    @After
    public void closeStore() throws Exception {
        if (store != null) {
            store.close();
        }
    }

    /** Another handle on the same store, where the backend allows it. */
    protected StateBackend secondHandle() throws Exception {
        return store.open();
    }

    /** Closes all handles and opens the store again. */
    protected void reopen() throws Exception {
        backend = store.reopen();
    }

    /** A run that was created at the beginning of the test. */
    protected Runs run(String id) {
        return Runs.run(id, now);
    }

    /** Creates one run, which must not exist. */
    protected void create(NewRun run) {
        assertEquals(
                List.of(new CreateOutcome(CreateOutcome.Kind.CREATED, run.summary().id())),
                backend.create(node, List.of(run)));
    }

    /** Creates a run with two entries that {@link #node} owns with epoch 1. */
    protected void createOwned(String id) {
        create(run(id).owned());
    }

    /** Makes one append for {@link #node}. */
    protected AppendOutcome append(Appends append) {
        return append(node, append);
    }

    /** Makes one append. */
    protected AppendOutcome append(NodeLease lease, Appends append) {
        return append(backend, lease, append.build());
    }

    /** Makes one append through a handle. */
    protected static AppendOutcome append(StateBackend handle, NodeLease lease, Append append) {
        List<AppendOutcome> outcomes = handle.append(lease, List.of(append));
        assertEquals("one outcome for one append", 1, outcomes.size());
        return outcomes.get(0);
    }

    /** Posts one message through a handle. */
    protected static PostOutcome post(StateBackend handle, String run, String messageId) {
        List<PostOutcome> outcomes = handle.post(List.of(message(run, messageId)));
        assertEquals("one outcome for one message", 1, outcomes.size());
        return outcomes.get(0);
    }

    /** Posts one message. */
    protected PostOutcome post(String run, String messageId) {
        return post(backend, run, messageId);
    }

    /** A message whose body is its id. */
    protected static Post message(String run, String messageId) {
        return new Post(run, messageId, messageId.getBytes(StandardCharsets.UTF_8));
    }

    /** Claims all that can be claimed. */
    protected List<ClaimedRun> claimAll(NodeLease lease) {
        return backend.claim(lease, 1000, List.of()).runs();
    }

    /** The ids of claimed runs, in their order. */
    protected static List<String> ids(List<ClaimedRun> runs) {
        return runs.stream().map(claimed -> claimed.summary().id()).toList();
    }

    /** All entries of a run, read in as many parts as the backend wants. */
    protected List<Entry> journal(String run) {
        List<Entry> all = new ArrayList<>();
        List<Entry> part = backend.journal(run, 1, 100);
        while (!part.isEmpty()) {
            all.addAll(part);
            part = backend.journal(run, all.size() + 1L, 100);
        }
        return all;
    }

    /** The numbers of the entries of a run. */
    protected List<Long> sequences(String run) {
        return journal(run).stream().map(Entry::sequence).toList();
    }

    /** The summary of a run that must exist. */
    protected RunSummary summary(String run) {
        List<RunSummary> found = backend.summaries(List.of(run));
        assertEquals("summaries of " + run, 1, found.size());
        return found.get(0);
    }

    /** The node as a new incarnation, which ends the former one. */
    protected NodeLease supersede() {
        return backend.enter(node.node(), LONG);
    }

    /** A time in the near future, of so many microseconds. */
    final Instant micros(long micros) {
        return now.plusSeconds(5).truncatedTo(ChronoUnit.SECONDS).plusNanos(micros * 1000);
    }

    /** So many bytes of all kinds. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
