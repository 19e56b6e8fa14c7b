package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/**
 * Nodes whose clock is wrong: that of this process differs from the store's, and only the store's counts. Skipped for
 * stores whose clock cannot be set.
 */
public abstract class ClockContract extends StateTopic {
    private static final Duration NEAR = Duration.ofHours(1);
    private final Duration ahead;

    ClockContract(Callable<TestStore> stores, Duration ahead) {
        super(stores);
        this.ahead = ahead;
    }

    @Test
    public void everyAnswerTellsTheStoresTime() {
        assertNear(node.storeTime());
        assertNear(backend.heartbeat(node).storeTime());
        assertNear(backend.nodes().get(0).storeTime());
        assertNear(backend.claim(node, 0, List.of()).storeTime());
        assertNear(backend.claim(node, 10, List.of("task:x")).storeTime());
    }

    @Test
    public void runsAreDueByTheStoresClock() {
        create(run("past").wakeAt(now.minusSeconds(1)).unowned());
        create(run("future").wakeAt(now.plusSeconds(600)).unowned());
        Claims claims = backend.claim(node, 10, List.of());
        assertEquals(List.of("past"), ids(claims.runs()));
        assertEquals(Optional.of(now.plusSeconds(600)), claims.nextWakeAt());
    }

    @Test
    public void aMessageMakesARunDueAtOnce() {
        create(run("r1").wakeAt(now.plusSeconds(600)).unowned());
        post("r1", "m1");
        assertEquals(List.of("r1"), ids(claimAll(node)));
    }

    @Test
    public void leasesEndByTheStoresClock() {
        NodeLease mortal = backend.enter("mortal", SHORT);
        backend.create(mortal, List.of(run("r1").owned()));
        NodeLease other = backend.enter("node-2", LONG);
        Claims claims =
                Await.until(
                        "a claim of the dead node's run",
                        () -> backend.claim(other, 10, List.of()),
                        answer -> !answer.runs().isEmpty());
        assertFalse(claims.storeTime().isBefore(mortal.storeTime().plus(SHORT)));
        assertEquals("the long lease goes on", 2, backend.nodes().size());
        assertEquals(node.incarnation(), backend.heartbeat(node).incarnation());
    }

    /** A node hands its lease back with a time that it has reckoned itself. */
    @Test
    public void aHeartbeatBelievesNoTimeOfItsNode() {
        NodeLease past = backend.enter("past", LONG);
        NodeLease future = backend.enter("future", SHORT);
        backend.create(past, List.of(run("of-past").owned()));
        backend.create(future, List.of(run("of-future").owned()));
        assertNear(backend.heartbeat(at(past, now.minus(Duration.ofDays(9)))).storeTime());
        assertNear(backend.heartbeat(at(future, now.plus(Duration.ofDays(9)))).storeTime());
        List<String> claimed =
                Await.until(
                        "a claim of the run whose lease is over",
                        () -> ids(claimAll(node)),
                        runs -> !runs.isEmpty());
        assertEquals(List.of("of-future"), claimed);
    }

    @Test
    public void timesThatAreStoredMoveNoClock() {
        Instant far = now.plus(Duration.ofDays(999));
        create(Runs.run("r1", far).started(far).wakeAt(far).owned());
        assertNear(backend.heartbeat(node).storeTime());
        assertEquals(List.of(), claimAll(backend.enter("node-2", LONG)));
        assertEquals(far, summary("r1").created());
        assertEquals(far, journal("r1").get(0).at());
    }

    private static NodeLease at(NodeLease lease, Instant time) {
        return new NodeLease(lease.node(), lease.incarnation(), lease.duration(), time);
    }

    private void assertNear(Instant storeTime) {
        Duration off = Duration.between(Instant.now().plus(ahead), storeTime).abs();
        assertTrue("the store's time is off by " + off, off.compareTo(NEAR) < 0);
    }
}
