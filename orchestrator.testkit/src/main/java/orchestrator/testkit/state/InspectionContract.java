package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;
import orchestrator.api.state.StateInspection;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Before;
import org.junit.Test;

/**
 * Looking into a store, and taking one run to mend it. For backends that are a {@link StateInspection}; what they find in
 * a damaged store is theirs to test, since nobody else can damage it.
 */
public class InspectionContract extends StateTopic {
    private StateInspection inspection;

    /** For the stores that the supplier makes. */
    public InspectionContract(Callable<TestStore> stores) {
        super(stores);
    }

    /** Skips backends that cannot be looked into. */
    @Before
    public void lookInside() {
        assumeTrue("a backend that can be looked into", backend instanceof StateInspection);
        inspection = (StateInspection) backend;
    }

    private Optional<ClaimedRun> take(String run) {
        return inspection.take(node, run);
    }

    /** A run without owner that is due by itself far later. */
    private void createWaiting(String id) {
        create(
                run(id).status(RunStatus.WAITING)
                        .waitKeys("task:x")
                        .wakeAt(now.plus(LONG))
                        .label("team", "blue")
                        .unowned());
    }

    @Test
    public void tellsTheLeasesAndRunsOfMembers() {
        createOwned("a");
        createOwned("b");
        NodeLease other = backend.enter("node-2", Duration.ofMinutes(5));
        List<MemberState> members = inspection.members();
        assertEquals(2, members.size());
        assertEquals("node-1", members.get(0).lease().node());
        assertEquals(2, members.get(0).runs());
        assertEquals(other.incarnation(), members.get(1).lease().incarnation());
        assertEquals(0, members.get(1).runs());
        assertEquals(other.storeTime().plus(Duration.ofMinutes(5)), members.get(1).until());
        backend.leave(other);
        assertEquals(1, inspection.members().size());
    }

    @Test
    public void tellsWhoseRunItIs() {
        createOwned("mine");
        createWaiting("nobodys");
        MemberState owner = inspection.owner("mine").orElseThrow();
        assertEquals(node.node(), owner.lease().node());
        assertEquals(node.incarnation(), owner.lease().incarnation());
        assertEquals(1, owner.runs());
        assertEquals(Optional.empty(), inspection.owner("nobodys"));
        assertEquals(Optional.empty(), inspection.owner("missing"));
    }

    @Test
    public void findsNothingInASoundStore() {
        createOwned("owned");
        createWaiting("waiting");
        create(run("queued").status(RunStatus.QUEUED).wakeAt(now).startKey("k", "h").unowned());
        post(backend, "waiting", "m");
        createOwned("ended");
        backend.saveSnapshot("owned", new Snapshot(2, 1, new byte[] {1}));
        append(
                Appends.to("ended", 1, 2)
                        .entries(1, now)
                        .summary(
                                run("ended")
                                        .label("x", "y")
                                        .ended(RunStatus.FAILED, now)
                                        .summary()));
        createOwned("released");
        append(
                Appends.to("released", 1, 2)
                        .release()
                        .summary(
                                run("released")
                                        .status(RunStatus.WAITING)
                                        .waitKeys("task:y")
                                        .summary()));
        backend.enter("gone", SHORT);
        backend.leave(backend.enter("left", LONG));
        assertEquals(
                List.of(),
                inspection.flaws(
                        List.of("owned", "waiting", "queued", "ended", "released", "missing")));
        assertEquals(List.of(), inspection.strays("", 10));
    }

    @Test
    public void whatADeletedRunLeavesIsNoStray() {
        create(run("a").startKey("k", "h").owned());
        append(
                Appends.to("a", 1, 2)
                        .entries(1, now)
                        .summary(run("a").ended(RunStatus.COMPLETED, now).summary()));
        assertEquals(
                List.of("a"),
                backend.delete(
                        now.plusSeconds(1), List.of(RunStatus.COMPLETED), now.minus(LONG), 10));
        assertEquals(List.of(), inspection.strays("", 10));
    }

    @Test
    public void takesARunThatNobodyOwnsAndGivesItBackMended() {
        createWaiting("a");
        ClaimedRun taken = take("a").orElseThrow();
        assertEquals("a", taken.summary().id());
        assertEquals(2, taken.lastSequence());
        assertEquals("no other claim tells of it", List.of(), ids(claimAll(node)));
        RunSummary mended =
                run("a").status(RunStatus.WAITING).waitKeys("task:z").wakeAt(now).summary();
        assertEquals(AppendOutcome.APPENDED, append(Appends.to(taken).release().summary(mended)));
        assertEquals(mended, summary("a"));
        assertEquals(List.of("a"), ids(claimAll(node)));
    }

    @Test
    public void isFoundByItsNewKeysWhenItWasMended() {
        createWaiting("a");
        ClaimedRun taken = take("a").orElseThrow();
        append(
                Appends.to(taken)
                        .release()
                        .summary(run("a").status(RunStatus.WAITING).waitKeys("task:z").summary()));
        assertEquals(List.of(), backend.claim(node, 10, List.of("task:x")).runs());
        assertEquals(List.of("a"), ids(backend.claim(node, 10, List.of("task:z")).runs()));
    }

    @Test
    public void leavesARunToAnOwnerWhoMayStillWrite() {
        createOwned("mine");
        assertTrue(take("mine").isEmpty());
        NodeLease other = backend.enter("node-2", LONG);
        assertTrue(inspection.take(other, "mine").isEmpty());
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("mine", 1, 2).entries(1, now)));
        assertTrue(take("missing").isEmpty());
    }

    @Test
    public void takesARunOfAnOwnerWhoHasLeftAndFencesItsAppends() {
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(1, backend.create(other, List.of(run("a").owned())).size());
        backend.leave(other);
        ClaimedRun taken = take("a").orElseThrow();
        assertTrue("a new epoch, but found " + taken.epoch(), taken.epoch() > 1);
        assertEquals(AppendOutcome.FENCED, append(other, Appends.to("a", 1, 2).entries(1, now)));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to(taken).entries(1, now)));
    }

    @Test
    public void takesARunThatHasEnded() {
        createOwned("a");
        RunSummary ended = run("a").ended(RunStatus.COMPLETED, now).summary();
        append(Appends.to("a", 1, 2).entries(1, now).summary(ended));
        ClaimedRun taken = take("a").orElseThrow();
        assertEquals(3, taken.lastSequence());
        RunSummary mended = run("a").ended(RunStatus.FAILED, now).error("lost").summary();
        assertEquals(AppendOutcome.APPENDED, append(Appends.to(taken).release().summary(mended)));
        assertEquals(mended, summary("a"));
        assertEquals(List.of(), ids(claimAll(node)));
        assertEquals(PostOutcome.Kind.ENDED, post("a", "m").kind());
    }

    @Test
    public void tellsTheMessagesOfATakenRun() {
        createWaiting("a");
        post("a", "m1");
        ClaimedRun taken = take("a").orElseThrow();
        assertEquals(1, taken.inbox().size());
        assertEquals(1, taken.inboxTail());
        post("a", "m2");
        assertEquals(AppendOutcome.MAIL, append(Appends.to(taken).release()));
    }

    @Test
    public void isNoFruitlessClaim() {
        createWaiting("a");
        for (int i = 0; i < 3; i++) {
            ClaimedRun taken = take("a").orElseThrow();
            append(
                    Appends.to(taken)
                            .id("mend-" + i)
                            .release()
                            .summary(run("a").status(RunStatus.WAITING).wakeAt(now).summary()));
        }
        assertEquals(1, claimAll(node).get(0).fruitlessClaims());
    }

    @Test
    public void refusesANodeWhoseLeaseIsOver() {
        createWaiting("a");
        backend.leave(node);
        assertThrows(NodeFencedException.class, () -> take("a"));
    }
}
