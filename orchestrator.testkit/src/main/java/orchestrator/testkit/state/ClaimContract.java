package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Which runs a claim takes, in which order, and what it says about the others. */
public class ClaimContract extends StateTopic {
    /** For the suite. */
    public ClaimContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aDueRunIsClaimedWithAllThatIsKnown() {
        create(run("r1").wakeAt(now.minusSeconds(1)).label("a", "b").withEntries(3, false));
        Claims claims = backend.claim(node, 10, List.of());
        ClaimedRun claimed = claims.runs().get(0);
        assertEquals(
                run("r1").wakeAt(now.minusSeconds(1)).label("a", "b").summary(), claimed.summary());
        assertTrue("that of its creation is nobody's", claimed.epoch() > 1);
        assertEquals(3, claimed.lastSequence());
        assertEquals(1, claimed.fruitlessClaims());
        assertEquals(List.of(), claimed.inbox());
        assertEquals(0, claimed.inboxTail());
        assertFalse("the store's time goes back", claims.storeTime().isBefore(now));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to(claimed).entries(1, now)));
    }

    @Test
    public void aClaimedRunIsNotClaimedAgain() {
        create(run("r1").wakeAt(now.minusSeconds(1)).unowned());
        assertEquals(1, claimAll(node).size());
        assertEquals(List.of(), claimAll(node));
        assertEquals(List.of(), claimAll(backend.enter("node-2", LONG)));
    }

    @Test
    public void aRunThatEndedWithItsCreationIsInNobodysWay() {
        create(run("first").ended(RunStatus.COMPLETED, now).owned());
        create(run("second").ended(RunStatus.COMPLETED, now).unowned());
        create(run("due").wakeAt(now.minusSeconds(1)).unowned());
        NodeLease next = supersede(); // a claim takes what the former incarnation had
        assertEquals(List.of("due"), ids(backend.claim(next, 1, List.of()).runs()));
        assertEquals(List.of(), claimAll(next));
    }

    @Test
    public void everyClaimRaisesTheEpoch() {
        create(run("r1").wakeAt(now.minusSeconds(1)).unowned());
        long epoch = 0;
        for (int i = 0; i < 3; i++) {
            ClaimedRun claimed = claimAll(node).get(0);
            assertTrue(claimed.epoch() > epoch);
            epoch = claimed.epoch();
            append(Appends.to(claimed).release());
        }
    }

    @Test
    public void whatIsNotDueIsNotClaimed() {
        create(run("later").wakeAt(now.plusSeconds(3600)).unowned());
        create(run("never").unowned());
        create(run("waits").waitKeys("task:x").unowned());
        assertEquals(List.of(), claimAll(node));
    }

    @Test
    public void aRunIsDueWhenItsTimeComesByTheStoresClock() {
        Instant wakeAt = now.plusMillis(400);
        create(run("r1").wakeAt(wakeAt).unowned());
        Claims claims =
                Await.until(
                        "a claim of the run",
                        () -> backend.claim(node, 10, List.of()),
                        answer -> !answer.runs().isEmpty());
        assertFalse("claimed too early", claims.storeTime().isBefore(wakeAt));
    }

    @Test
    public void aRunThatWaitsForAGivenKeyIsClaimed() {
        create(run("x").waitKeys("task:x", "signal:y").unowned());
        create(run("z").waitKeys("task:z").unowned());
        create(run("none").unowned());
        assertEquals(
                List.of("z"), ids(backend.claim(node, 10, List.of("task:z", "task:q")).runs()));
        assertEquals(
                List.of("x"), ids(backend.claim(node, 10, List.of("signal:y", "task:x")).runs()));
        assertEquals(List.of(), backend.claim(node, 10, List.of("task:x", "task:z")).runs());
    }

    @Test
    public void waitKeysAreComparedAsTheyAre() {
        create(run("r1").waitKeys("task:a.b").unowned());
        assertEquals(
                List.of(),
                backend.claim(node, 10, List.of("task:a", "task:a.B", "task:a_b", "%")).runs());
    }

    @Test
    public void aWaitKeyOfAnOlderSummaryNoLongerCounts() {
        create(run("r1").waitKeys("task:x").owned());
        append(Appends.to("r1", 1, 2).summary(run("r1").waitKeys("task:y").summary()).release());
        assertEquals(List.of(), backend.claim(node, 10, List.of("task:x")).runs());
        assertEquals(List.of("r1"), ids(backend.claim(node, 10, List.of("task:y")).runs()));
    }

    @Test
    public void anOwnedRunIsNotClaimedByItsWaitKey() {
        create(run("r1").waitKeys("task:x").owned());
        assertEquals(List.of(), backend.claim(node, 10, List.of("task:x")).runs());
    }

    @Test
    public void aReleasedRunIsDueByTheSummaryOfItsLastAppend() {
        createOwned("r1");
        append(
                Appends.to("r1", 1, 2)
                        .summary(run("r1").wakeAt(now.minusSeconds(1)).summary())
                        .release());
        assertEquals(List.of("r1"), ids(claimAll(node)));
    }

    @Test
    public void higherPriorityComesFirstThenTheLongestDue() {
        create(run("b").priority(0).wakeAt(now.minusSeconds(10)).unowned());
        create(run("e").priority(-5).wakeAt(now.minusSeconds(99)).unowned());
        create(run("a").priority(9).wakeAt(now.minusSeconds(5)).unowned());
        create(run("c").priority(0).wakeAt(now.minusSeconds(30)).unowned());
        create(run("d").priority(9).wakeAt(now.minusSeconds(6)).unowned());
        assertEquals(List.of("d", "a"), ids(backend.claim(node, 2, List.of()).runs()));
        assertEquals(List.of("c", "b", "e"), ids(backend.claim(node, 9, List.of()).runs()));
    }

    @Test
    public void aRunFoundByItsKeyComesBeforeADueOneOfLowerPriority() {
        create(run("low").priority(1).wakeAt(now.minusSeconds(10)).unowned());
        create(run("high").priority(2).waitKeys("task:x").unowned());
        assertEquals(
                List.of("high", "low"), ids(backend.claim(node, 10, List.of("task:x")).runs()));
    }

    @Test
    public void aRunThatIsDueAndWaitsForAKeyIsClaimedOnce() {
        create(run("r1").wakeAt(now.minusSeconds(1)).waitKeys("task:x", "task:y").unowned());
        post("r1", "m1");
        assertEquals(
                List.of("r1"), ids(backend.claim(node, 10, List.of("task:x", "task:y")).runs()));
    }

    @Test
    public void limitsAreKept() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 25; i++) {
            create(run("r" + i).wakeAt(now.minusSeconds(i)).unowned());
            all.add("r" + i);
        }
        Set<String> claimed = new HashSet<>();
        for (int expected : new int[] {10, 10, 5, 0}) {
            List<ClaimedRun> runs = backend.claim(node, 10, List.of()).runs();
            assertEquals(expected, runs.size());
            claimed.addAll(ids(runs));
        }
        assertEquals(all, claimed);
    }

    @Test
    public void limitZeroOnlyAsksWhenTheNextIsDue() {
        assertEquals(Optional.empty(), backend.claim(node, 0, List.of()).nextWakeAt());
        create(run("r1").wakeAt(now.minusSeconds(7)).unowned());
        Claims claims = backend.claim(node, 0, List.of("task:x"));
        assertEquals(List.of(), claims.runs());
        assertEquals(Optional.of(now.minusSeconds(7)), claims.nextWakeAt());
        assertEquals(List.of("r1"), ids(claimAll(node)));
    }

    @Test
    public void theNextWakeIsTheEarliestOfThoseWithoutAnOwnerThatWereNotClaimed() {
        create(run("due-1").wakeAt(now.minusSeconds(9)).unowned());
        create(run("due-2").wakeAt(now.minusSeconds(8)).unowned());
        create(run("later").wakeAt(now.plusSeconds(100)).unowned());
        create(run("latest").wakeAt(now.plusSeconds(200)).unowned());
        create(run("owned").wakeAt(now.plusSeconds(50)).owned());
        create(run("never").unowned());
        assertEquals(
                Optional.of(now.minusSeconds(8)), backend.claim(node, 1, List.of()).nextWakeAt());
        assertEquals(
                Optional.of(now.plusSeconds(100)), backend.claim(node, 1, List.of()).nextWakeAt());
        post("later", "m1");
        assertEquals(
                Optional.of(now.plusSeconds(200)), backend.claim(node, 1, List.of()).nextWakeAt());
    }

    @Test
    public void endedRunsAreNeverClaimedAndHaveNoNextWake() {
        createOwned("r1");
        append(
                Appends.to("r1", 1, 2)
                        .entries(1, now)
                        .summary(
                                run("r1")
                                        .ended(RunStatus.COMPLETED, now)
                                        .wakeAt(now.minusSeconds(1))
                                        .waitKeys("task:x")
                                        .summary()));
        Claims claims = backend.claim(node, 10, List.of("task:x"));
        assertEquals(List.of(), claims.runs());
        assertEquals(Optional.empty(), claims.nextWakeAt());
        backend.leave(node);
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(List.of(), backend.claim(other, 10, List.of("task:x")).runs());
    }

    @Test
    public void claimsWithoutAnAppendInBetweenAreCounted() {
        create(run("r1").wakeAt(now.minusSeconds(1)).unowned());
        NodeLease lease = node;
        for (int expected = 1; expected <= 4; expected++) {
            ClaimedRun claimed = claimAll(lease).get(0);
            assertEquals(expected, claimed.fruitlessClaims());
            if (expected == 2) {
                append(lease, Appends.to(claimed).release());
            } else {
                lease = supersede();
            }
        }
        ClaimedRun claimed = claimAll(lease).get(0);
        assertEquals(5, claimed.fruitlessClaims());
        append(lease, Appends.to(claimed).entries(1, now).release());
        assertEquals(1, claimAll(lease).get(0).fruitlessClaims());
    }
}
