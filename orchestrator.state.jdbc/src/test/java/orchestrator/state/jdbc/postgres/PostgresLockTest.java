package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Calls that meet on the server, in an order that is forced: another session holds a lock until the calls wait for it.
 */
public class PostgresLockTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PostgresServer.Store store;
    private StateBackend backend;
    private StateBackend other;
    private NodeLease node;
    private Instant now;
    private Connection blocker;

    @Before
    public void open() throws Exception {
        store = PostgresServer.get().newStore();
        backend = store.open();
        other = store.open();
        node = backend.enter("node-1", LONG);
        now = node.storeTime();
        backend.create(node, List.of(Runs.run("r1", now).owned()));
        blocker = PostgresServer.get().connect(store.schema());
        blocker.setAutoCommit(false);
    }

    @After
    public void close() throws Exception {
        blocker.rollback();
        blocker.close();
        threads.shutdownNow();
        store.close();
    }

    @Test
    public void aTakeoverWaitsForAnAppendThatIsStillRunningAndSeesIt() throws Exception {
        occupyNextSequence();
        Future<AppendOutcome> late = start(() -> append(backend, step("late")));
        awaitWaiting(1);
        Future<NodeLease> successor = start(() -> other.enter("node-1", LONG));
        awaitWaiting(2);
        assertFalse("the takeover has not waited", successor.isDone());
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, late.get());
        ClaimedRun claimed = other.claim(successor.get(), 10, List.of()).runs().get(0);
        assertEquals(3, claimed.lastSequence());
    }

    /** A write that hangs in the server holds up the runs of its node, and nothing else. */
    @Test
    public void aTakeoverThatCannotGetItsLockDoesNotHoldUpTheClaimOfOtherRuns() throws Exception {
        NodeLease second = other.enter("node-2", LONG);
        backend.create(node, List.of(Runs.run("r2", now).wakeAt(now).unowned()));
        execute("SELECT 1 FROM orc_fence WHERE node = 'node-1' FOR SHARE");
        try (Connection clock = PostgresServer.get().connect(store.schema());
                Statement statement = clock.createStatement()) {
            statement.execute("UPDATE orc_lease SET expires = 1 WHERE node = 'node-1'");
        }
        assertEquals(List.of("r2"), claimed(second));
        blocker.rollback();
        assertEquals(List.of("r1"), claimed(second));
    }

    private List<String> claimed(NodeLease by) {
        return other.claim(by, 10, List.of()).runs().stream()
                .map(run -> run.summary().id())
                .toList();
    }

    @Test
    public void anAppendThatMeetsATakeoverIsFenced() throws Exception {
        execute("UPDATE orc_fence SET alive = 0 WHERE node = 'node-1'");
        Future<AppendOutcome> late = start(() -> append(backend, step("late")));
        awaitWaiting(1);
        blocker.commit();
        assertEquals(AppendOutcome.FENCED, late.get());
        assertEquals(2, backend.journal("r1", 1, 10).size());
    }

    @Test
    public void anAppendRepeatedWhileTheFirstTryRunsIsStoredOnce() throws Exception {
        occupyNextSequence();
        Future<AppendOutcome> first = start(() -> append(backend, step("same")));
        awaitWaiting(1);
        Future<AppendOutcome> second = start(() -> append(other, step("same")));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, first.get());
        assertEquals(AppendOutcome.APPENDED, second.get());
        assertEquals(3, backend.journal("r1", 1, 10).size());
    }

    @Test
    public void aReleaseRepeatedWhileTheFirstTryRunsIsAppended() throws Exception {
        lockRun();
        Append release = Appends.to("r1", 1, 2).id("release").entries(1, now).release().build();
        Future<AppendOutcome> first = start(() -> append(backend, release));
        awaitWaiting(1);
        Future<AppendOutcome> second = start(() -> append(other, release));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, first.get());
        assertEquals(AppendOutcome.APPENDED, second.get());
        assertEquals(3, backend.journal("r1", 1, 10).size());
    }

    @Test
    public void aMereReleaseRepeatedWhileTheFirstTryRunsIsAppended() throws Exception {
        lockRun();
        Append release = Appends.to("r1", 1, 2).id("release").release().build();
        Future<AppendOutcome> first = start(() -> append(backend, release));
        awaitWaiting(1);
        Future<AppendOutcome> second = start(() -> append(other, release));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, first.get());
        assertEquals(AppendOutcome.APPENDED, second.get());
    }

    @Test
    public void aMessageBehindAReleaseMakesTheRunDue() throws Exception {
        lockRun();
        Append release = Appends.to("r1", 1, 2).release().build();
        Future<AppendOutcome> released = start(() -> append(backend, release));
        awaitWaiting(1);
        Future<PostOutcome> posted = start(() -> post(other, "m"));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, released.get());
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), posted.get());
        List<ClaimedRun> woken = backend.claim(node, 10, List.of()).runs();
        assertEquals("the wake-up was lost", 1, woken.size());
        assertEquals(1, woken.get(0).inbox().size());
    }

    @Test
    public void aReleaseBehindAMessageIsToldOfIt() throws Exception {
        lockRun();
        Future<PostOutcome> posted = start(() -> post(other, "m"));
        awaitWaiting(1);
        Append release = Appends.to("r1", 1, 2).entries(1, now).release().build();
        Future<AppendOutcome> released = start(() -> append(backend, release));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), posted.get());
        assertEquals(AppendOutcome.MAIL, released.get());
        assertEquals(2, backend.journal("r1", 1, 10).size());
    }

    @Test
    public void oneMessagePostedTwiceAtOnceUsesOneNumber() throws Exception {
        lockRun();
        Future<PostOutcome> first = start(() -> post(backend, "m"));
        awaitWaiting(1);
        Future<PostOutcome> second = start(() -> post(other, "m"));
        awaitWaiting(2);
        blocker.rollback();
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), first.get());
        assertEquals(new PostOutcome(PostOutcome.Kind.DUPLICATE, 1), second.get());
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 2), post(other, "n"));
    }

    @Test
    public void runsWhoseClaimWasNotAnsweredAreToldByTheNextOne() throws Exception {
        backend.create(node, List.of(Runs.run("due", now).wakeAt(now.minusSeconds(1)).unowned()));
        assertEquals(1, backend.claim(node, 10, List.of()).runs().size());
        backend.create(node, List.of(Runs.run("due-2", now).wakeAt(now.minusSeconds(1)).unowned()));
        execute("LOCK TABLE orc_inbox IN ACCESS EXCLUSIVE MODE");
        Future<List<ClaimedRun>> unanswered =
                start(() -> backend.claim(node, 10, List.of()).runs());
        awaitWaiting(1);
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        ExecutionException lost = assertThrows(ExecutionException.class, unanswered::get);
        assertEquals(StateUnavailableException.class, lost.getCause().getClass());
        blocker.rollback();
        List<ClaimedRun> told = backend.claim(node, 10, List.of()).runs();
        assertEquals(1, told.size());
        assertEquals("due-2", told.get(0).summary().id());
        assertEquals(0, backend.claim(node, 10, List.of()).runs().size());
    }

    /** The pool of a node may be closed and opened anew, under the same lease, before a claim was answered. */
    @Test
    public void whoOpensTheStoreAnewIsToldOfAllThatItsNodeHasClaimed() throws Exception {
        backend.create(node, List.of(Runs.run("due", now).wakeAt(now.minusSeconds(1)).unowned()));
        assertEquals(1, backend.claim(node, 10, List.of()).runs().size());
        assertEquals(1, other.claim(node, 10, List.of()).runs().size());
        assertEquals(0, other.claim(node, 10, List.of()).runs().size());
    }

    @Test
    public void anAppendWhoseAnswerIsLostIsSettledByRepeatingIt() throws Exception {
        lockRun();
        Append release = Appends.to("r1", 1, 2).id("a").entries(1, now).release().build();
        Future<AppendOutcome> lost = start(() -> append(backend, release));
        awaitWaiting(1);
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        ExecutionException failure = assertThrows(ExecutionException.class, lost::get);
        assertEquals(StateUnavailableException.class, failure.getCause().getClass());
        blocker.rollback();
        assertEquals(AppendOutcome.APPENDED, append(backend, release));
        assertEquals(3, backend.journal("r1", 1, 10).size());
    }

    /** A pool trusts a connection that was used a moment ago. */
    @Test
    public void aReadIsAskedAgainWhenItsConnectionHasBroken() throws Exception {
        assertEquals(1, backend.summaries(List.of("r1")).size());
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        assertEquals(1, backend.summaries(List.of("r1")).size());
    }

    private Append step(String id) {
        return Appends.to("r1", 1, 2).id(id).entries(1, now).build();
    }

    private AppendOutcome append(StateBackend handle, Append append) {
        return handle.append(node, List.of(append)).get(0);
    }

    private static PostOutcome post(StateBackend handle, String id) {
        return handle.post(List.of(new Post("r1", id, new byte[] {1}))).get(0);
    }

    private <T> Future<T> start(Callable<T> call) {
        return threads.submit(call);
    }

    /** An entry that another session has written and not committed holds up whoever writes the same one. */
    private void occupyNextSequence() throws SQLException {
        Entry entry = Entry.of(3, "Noted", 1, now, new byte[0]);
        execute(
                "INSERT INTO orc_entry (run, seq, type, version, at, epoch, body) VALUES ('r1', "
                        + entry.sequence()
                        + ", 'Noted', 1, 0, 1, ''::bytea)");
    }

    private void lockRun() throws SQLException {
        execute("SELECT 1 FROM orc_run WHERE id = 'r1' FOR UPDATE");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = blocker.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until so many sessions wait for a lock. */
    private void awaitWaiting(int count) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (waiting() != count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Expected " + count + " waiting sessions, but found " + waiting());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static int waiting() throws SQLException {
        try (Connection connection = PostgresServer.get().connect("public");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
