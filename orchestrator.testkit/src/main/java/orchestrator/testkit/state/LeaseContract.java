package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Nodes come, stay, go, die and return. */
public class LeaseContract extends StateTopic {
    /** For the suite. */
    public LeaseContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void enterAnswersWithTheNodeItsDurationAndTheStoresTime() {
        NodeLease lease = backend.enter("node-2", SHORT);
        assertEquals("node-2", lease.node());
        assertEquals(SHORT, lease.duration());
        assertFalse("the store's time goes back", lease.storeTime().isBefore(now));
    }

    @Test
    public void everyEntryOfANodeRaisesItsIncarnation() {
        NodeLease second = supersede();
        assertTrue(second.incarnation() > node.incarnation());
        backend.leave(second);
        assertTrue(supersede().incarnation() > second.incarnation());
    }

    @Test
    public void aNodesIdMayBe128CharactersLong() {
        String id = "n".repeat(128);
        assertEquals(id, backend.heartbeat(backend.enter(id, LONG)).node());
    }

    @Test
    public void heartbeatKeepsTheIncarnationAndTellsTheStoresTime() {
        NodeLease prolonged = backend.heartbeat(node);
        assertEquals(node.node(), prolonged.node());
        assertEquals(node.incarnation(), prolonged.incarnation());
        assertEquals(node.duration(), prolonged.duration());
        assertFalse(prolonged.storeTime().isBefore(node.storeTime()));
    }

    @Test
    public void nodesAreListedById() {
        backend.enter("node-3", LONG);
        backend.enter("Node-4", LONG);
        backend.enter("node-2", LONG);
        assertEquals(List.of("Node-4", "node-1", "node-2", "node-3"), nodeIds());
    }

    @Test
    public void aNodeIsListedWithItsPresentIncarnationOnly() {
        NodeLease second = supersede();
        assertEquals(1, backend.nodes().size());
        NodeLease listed = backend.nodes().get(0);
        assertEquals(second.incarnation(), listed.incarnation());
        assertEquals(second.duration(), listed.duration());
    }

    @Test
    public void theFormerIncarnationIsFencedAtOnce() {
        createOwned("r1");
        supersede();
        assertThrows(NodeFencedException.class, () -> backend.heartbeat(node));
        assertThrows(NodeFencedException.class, () -> backend.claim(node, 1, List.of()));
        assertThrows(NodeFencedException.class, () -> backend.claim(node, 0, List.of()));
        assertThrows(NodeFencedException.class, () -> backend.mail(node));
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(2, journal("r1").size());
    }

    @Test
    public void runsOfTheFormerIncarnationCanBeClaimedByTheNewOne() {
        createOwned("r1");
        assertEquals(List.of("r1"), ids(claimAll(supersede())));
    }

    @Test
    public void runsOfTheFormerIncarnationCanBeClaimedByAnother() {
        createOwned("r1");
        supersede();
        assertEquals(List.of("r1"), ids(claimAll(backend.enter("node-2", LONG))));
    }

    @Test
    public void aNodeThatLeftIsNoLongerListedAndIsFenced() {
        backend.leave(node);
        assertEquals(List.of(), backend.nodes());
        assertThrows(NodeFencedException.class, () -> backend.heartbeat(node));
        assertThrows(NodeFencedException.class, () -> backend.claim(node, 1, List.of()));
    }

    @Test
    public void runsOfANodeThatLeftCanBeClaimedAtOnce() {
        createOwned("r1");
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(List.of(), claimAll(other));
        backend.leave(node);
        List<ClaimedRun> claimed = claimAll(other);
        assertEquals(List.of("r1"), ids(claimed));
        assertTrue("the epoch is raised", claimed.get(0).epoch() > 1);
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void aClaimTellsWhetherTheLastOwnerReleasedTheRun() {
        create(run("new").unowned());
        createOwned("left");
        create(run("released").wakeAt(now).owned());
        assertEquals(
                AppendOutcome.APPENDED,
                append(Appends.to("released", 1, 2).entries(1, now).release()));
        backend.leave(node);
        NodeLease other = backend.enter("node-2", LONG);
        List<ClaimedRun> first = claimAll(other);
        assertTrue(ids(first).containsAll(List.of("left", "released")));
        for (ClaimedRun claimed : first) {
            String id = claimed.summary().id();
            assertEquals(id, id.equals("left"), claimed.takenOver());
        }
        assertEquals(
                AppendOutcome.APPENDED,
                append(other, Appends.to("left", 2, 2).entries(1, now).release()));
        post("left", "m1");
        List<ClaimedRun> again = claimAll(other);
        assertEquals(List.of("left"), ids(again));
        assertFalse("it was released since", again.get(0).takenOver());
    }

    @Test
    public void leavingTwiceChangesNothing() {
        createOwned("r1");
        backend.leave(node);
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(List.of("r1"), ids(claimAll(other)));
        backend.leave(node);
        assertEquals(List.of(), claimAll(backend.enter("node-3", LONG)));
        assertEquals(List.of("node-2", "node-3"), nodeIds());
    }

    @Test
    public void leavingWithAFencedLeaseChangesNothing() {
        NodeLease second = supersede();
        backend.create(second, List.of(run("r1").owned()));
        backend.leave(node);
        assertEquals(List.of("node-1"), nodeIds());
        assertEquals(second.incarnation(), backend.heartbeat(second).incarnation());
        assertEquals(List.of(), claimAll(backend.enter("node-2", LONG)));
    }

    @Test
    public void runsOfALivingNodeAreNotClaimed() {
        create(run("r1").wakeAt(now.minusSeconds(5)).owned());
        post("r1", "m1");
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(List.of(), backend.claim(other, 10, List.of("task:x")).runs());
        assertEquals(List.of(), claimAll(node));
    }

    @Test
    public void aLeaseEndsByTheStoresClockAndIsTakenOverByAClaim() {
        NodeLease mortal = backend.enter("mortal", SHORT);
        backend.create(mortal, List.of(run("r1").owned(), run("r2").owned()));
        Instant[] storeTime = new Instant[1];
        List<ClaimedRun> claimed =
                Await.until(
                        "a claim of the dead node's runs",
                        () -> {
                            var claims = backend.claim(node, 10, List.of());
                            storeTime[0] = claims.storeTime();
                            return claims.runs();
                        },
                        runs -> !runs.isEmpty());
        assertEquals(Set.of("r1", "r2"), Set.copyOf(ids(claimed)));
        assertFalse(
                "taken over before the lease was over",
                storeTime[0].isBefore(mortal.storeTime().plus(SHORT)));
        assertEquals(List.of("node-1"), nodeIds());
        assertThrows(NodeFencedException.class, () -> backend.heartbeat(mortal));
        assertEquals(AppendOutcome.FENCED, append(mortal, Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void runsOfADeadNodeBeyondTheLimitAreClaimedNext() {
        NodeLease mortal = backend.enter("mortal", SHORT);
        backend.create(mortal, List.of(run("r1").owned(), run("r2").owned(), run("r3").owned()));
        List<ClaimedRun> first =
                Await.until(
                        "a claim of the dead node's runs",
                        () -> backend.claim(node, 2, List.of()).runs(),
                        runs -> !runs.isEmpty());
        assertEquals(2, first.size());
        List<ClaimedRun> second = backend.claim(node, 2, List.of()).runs();
        assertEquals(1, second.size());
        assertNotEquals(second.get(0).summary().id(), first.get(0).summary().id());
    }

    @Test
    public void aLeaseThatExpiredAndWasNotTakenOverGoesOn() {
        NodeLease sleeper = backend.enter("sleeper", SHORT);
        backend.create(sleeper, List.of(run("r1").owned()));
        Instant end = sleeper.storeTime().plus(SHORT);
        Await.until(
                "the end of the lease",
                () -> backend.heartbeat(node).storeTime(),
                time -> time.isAfter(end));
        assertEquals(List.of("node-1", "sleeper"), nodeIds());
        assertEquals(
                AppendOutcome.APPENDED, append(sleeper, Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(List.of(), claimAll(sleeper));
        NodeLease prolonged = backend.heartbeat(sleeper);
        assertEquals(sleeper.incarnation(), prolonged.incarnation());
        assertEquals("prolonged, so not taken over", List.of(), claimAll(node));
    }

    @Test
    public void aHeartbeatProlongsFromTheStoresPresentTime() {
        NodeLease mortal = backend.enter("mortal", SHORT);
        backend.create(mortal, List.of(run("r1").owned()));
        Instant half = mortal.storeTime().plus(SHORT.dividedBy(2));
        Await.until(
                "half of the lease",
                () -> backend.heartbeat(node).storeTime(),
                time -> time.isAfter(half));
        Instant prolonged = backend.heartbeat(mortal).storeTime();
        Instant[] storeTime = new Instant[1];
        Await.until(
                "a claim of the dead node's runs",
                () -> {
                    var claims = backend.claim(node, 10, List.of());
                    storeTime[0] = claims.storeTime();
                    return claims.runs();
                },
                runs -> !runs.isEmpty());
        assertFalse(
                "taken over before the prolonged lease was over",
                storeTime[0].isBefore(prolonged.plus(SHORT)));
    }

    @Test
    public void aFencedNodeCreatesNothingIfARunAsksForAnOwner() {
        supersede();
        var runs = List.of(run("r1").unowned(), run("r2").owned());
        assertThrows(NodeFencedException.class, () -> backend.create(node, runs));
        assertEquals(List.of(), backend.summaries(List.of("r1", "r2")));
    }

    @Test
    public void aFencedNodeMayCreateRunsForOthers() {
        supersede();
        assertEquals(
                List.of(new CreateOutcome(CreateOutcome.Kind.CREATED, "r1")),
                backend.create(node, List.of(run("r1").unowned())));
    }

    private List<String> nodeIds() {
        return backend.nodes().stream().map(NodeLease::node).collect(Collectors.toList());
    }
}
