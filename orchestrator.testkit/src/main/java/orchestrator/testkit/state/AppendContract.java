package orchestrator.testkit.state;

import static orchestrator.api.state.AppendOutcome.APPENDED;
import static orchestrator.api.state.AppendOutcome.CONFLICT;
import static orchestrator.api.state.AppendOutcome.FENCED;
import static orchestrator.api.state.AppendOutcome.MAIL;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.concurrent.Callable;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Journals grow, under fencing. */
public class AppendContract extends StateTopic {
    /** For the suite. */
    public AppendContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void entriesAreAddedInOrder() {
        createOwned("r1");
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).entries(3, now)));
        assertEquals(APPENDED, append(Appends.to("r1", 1, 5).entries(1, now)));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), sequences("r1"));
    }

    @Test
    public void withoutASummaryTheOldOneStays() {
        createOwned("r1");
        append(Appends.to("r1", 1, 2).entries(1, now));
        assertEquals(run("r1").summary(), summary("r1"));
    }

    @Test
    public void aSummaryReplacesTheOldOne() {
        createOwned("r1");
        RunSummary changed =
                run("r1")
                        .status(RunStatus.WAITING)
                        .wakeAt(now.plusSeconds(60))
                        .waitKeys("task:a", "signal:b")
                        .progress(40)
                        .summary();
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).entries(1, now).summary(changed)));
        assertEquals(changed, summary("r1"));
    }

    @Test
    public void theSameAppendAgainIsAppendedOnce() {
        createOwned("r1");
        Appends append = Appends.to("r1", 1, 2).id("a").entries(2, now);
        assertEquals(APPENDED, append(append));
        assertEquals(APPENDED, append(append));
        assertEquals(List.of(1L, 2L, 3L, 4L), sequences("r1"));
    }

    @Test
    public void theSameReleaseAgainIsAppended() {
        createOwned("r1");
        Appends release = Appends.to("r1", 1, 2).id("a").release();
        assertEquals(APPENDED, append(release));
        assertEquals(APPENDED, append(release));
    }

    @Test
    public void theSameEndAgainIsAppended() {
        createOwned("r1");
        RunSummary ended = run("r1").ended(RunStatus.COMPLETED, now).summary();
        Appends end = Appends.to("r1", 1, 2).id("a").entries(1, now).summary(ended);
        assertEquals(APPENDED, append(end));
        assertEquals(APPENDED, append(end));
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
    }

    @Test
    public void theSameAppendAgainIsAppendedAlsoWithNewerMail() {
        createOwned("r1");
        Appends release = Appends.to("r1", 1, 2).id("a").entries(1, now).release();
        assertEquals(APPENDED, append(release));
        post("r1", "m1");
        assertEquals(APPENDED, append(release));
    }

    @Test
    public void theSameAppendAgainIsAppendedForANodeThatWasFencedMeanwhile() {
        createOwned("r1");
        Appends append = Appends.to("r1", 1, 2).id("a").entries(1, now);
        assertEquals(APPENDED, append(append));
        supersede();
        assertEquals(APPENDED, append(append));
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
    }

    @Test
    public void aRepeatedAppendChangesNothingOnceAnotherHasClaimedTheRun() {
        createOwned("r1");
        Appends append = Appends.to("r1", 1, 2).id("a").entries(1, now);
        assertEquals(APPENDED, append(append));
        NodeLease second = supersede();
        ClaimedRun claimed = claimAll(second).get(0);
        append(append);
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
        assertEquals(APPENDED, append(second, Appends.to(claimed).entries(1, now)));
    }

    @Test
    public void anAppendIdBelongsToItsEpoch() {
        createOwned("r1");
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).id("a").entries(1, now)));
        NodeLease second = supersede();
        ClaimedRun claimed = claimAll(second).get(0);
        assertEquals(APPENDED, append(second, Appends.to(claimed).id("a").entries(1, now)));
        assertEquals(List.of(1L, 2L, 3L, 4L), sequences("r1"));
    }

    @Test
    public void anAppendIdBelongsToItsRun() {
        createOwned("r1");
        createOwned("r2");
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).id("a").entries(1, now)));
        assertEquals(APPENDED, append(Appends.to("r2", 1, 2).id("a").entries(1, now)));
        assertEquals(3, journal("r2").size());
    }

    @Test
    public void anAppendIdMayBe64CharactersLong() {
        createOwned("r1");
        String id = "x".repeat(63);
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).id(id + "1").entries(1, now)));
        assertEquals(APPENDED, append(Appends.to("r1", 1, 3).id(id + "2").entries(1, now)));
        assertEquals(4, journal("r1").size());
    }

    @Test
    public void anotherEpochIsFenced() {
        createOwned("r1");
        assertEquals(FENCED, append(Appends.to("r1", 2, 2).entries(1, now)));
        assertEquals(FENCED, append(Appends.to("r1", 0, 2).entries(1, now)));
        assertEquals(2, journal("r1").size());
    }

    @Test
    public void anotherNodeIsFenced() {
        createOwned("r1");
        NodeLease other = backend.enter("node-2", LONG);
        assertEquals(FENCED, append(other, Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(2, journal("r1").size());
    }

    @Test
    public void anUnknownRunIsFenced() {
        assertEquals(FENCED, append(Appends.to("nowhere", 1, 0).entries(1, now)));
        assertEquals(List.of(), journal("nowhere"));
    }

    @Test
    public void anotherLastSequenceIsAConflict() {
        createOwned("r1");
        assertEquals(CONFLICT, append(Appends.to("r1", 1, 1).entries(1, now)));
        assertEquals(CONFLICT, append(Appends.to("r1", 1, 3).entries(1, now)));
        assertEquals(CONFLICT, append(Appends.to("r1", 1, 1).release()));
        assertEquals(List.of(1L, 2L), sequences("r1"));
        assertEquals("still owned", APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void fencedIsToldBeforeConflict() {
        createOwned("r1");
        assertEquals(FENCED, append(Appends.to("r1", 7, 9).entries(1, now)));
    }

    @Test
    public void conflictIsToldBeforeMail() {
        createOwned("r1");
        post("r1", "m1");
        assertEquals(CONFLICT, append(Appends.to("r1", 1, 9).release()));
    }

    @Test
    public void aReleaseWithNewerMailIsRefusedAndChangesNothing() {
        createOwned("r1");
        post("r1", "m1");
        RunSummary changed = run("r1").status(RunStatus.WAITING).summary();
        Appends release = Appends.to("r1", 1, 2).id("a").entries(1, now).summary(changed).release();
        assertEquals(MAIL, append(release));
        assertEquals(List.of(1L, 2L), sequences("r1"));
        assertEquals(run("r1").summary(), summary("r1"));
        assertEquals("still owned", 1, backend.mail(node).size());
        assertEquals("once seen", APPENDED, append(release.seen(1)));
    }

    @Test
    public void anEndWithNewerMailIsRefusedAndChangesNothing() {
        createOwned("r1");
        post("r1", "m1");
        RunSummary ended = run("r1").ended(RunStatus.COMPLETED, now).summary();
        Appends end = Appends.to("r1", 1, 2).entries(1, now).summary(ended).consumed();
        assertEquals(MAIL, append(end));
        assertEquals(List.of(1L, 2L), sequences("r1"));
        assertEquals(run("r1").summary(), summary("r1"));
        assertEquals(APPENDED, append(end.seen(1)));
    }

    @Test
    public void anAppendThatNeitherReleasesNorEndsIgnoresNewerMail() {
        createOwned("r1");
        post("r1", "m1");
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(1, backend.mail(node).size());
    }

    @Test
    public void newerMailCountsByNumberAlsoWhenItWasConsumed() {
        createOwned("r1");
        post("r1", "m1");
        post("r1", "m2");
        assertEquals(
                APPENDED, append(Appends.to("r1", 1, 2).entries(1, now).consumed(1L, 2L).seen(2)));
        assertEquals(MAIL, append(Appends.to("r1", 1, 3).seen(1).release()));
        assertEquals(APPENDED, append(Appends.to("r1", 1, 3).seen(2).release()));
    }

    @Test
    public void consumedMessagesAreRemovedWithTheEntriesThatTakeThemIn() {
        createOwned("r1");
        post("r1", "m1");
        post("r1", "m2");
        post("r1", "m3");
        assertEquals(CONFLICT, append(Appends.to("r1", 1, 1).entries(1, now).consumed(1L).seen(3)));
        assertEquals(3, backend.mail(node).size());
        assertEquals(
                APPENDED, append(Appends.to("r1", 1, 2).entries(1, now).consumed(1L, 3L).seen(3)));
        assertEquals(List.of(2L), backend.mail(node).stream().map(Mail::number).toList());
    }

    @Test
    public void aReleasedRunHasNoOwner() {
        createOwned("r1");
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).release()));
        assertEquals(FENCED, append(Appends.to("r1", 1, 2).id("b").entries(1, now)));
        assertEquals(List.of(1L, 2L), sequences("r1"));
    }

    @Test
    public void entriesSummaryAndReleaseGoInOneAppend() {
        createOwned("r1");
        RunSummary waiting =
                run("r1").status(RunStatus.WAITING).wakeAt(now.minusSeconds(1)).summary();
        assertEquals(
                APPENDED,
                append(Appends.to("r1", 1, 2).entries(2, now).summary(waiting).release()));
        ClaimedRun claimed = claimAll(node).get(0);
        assertEquals(waiting, claimed.summary());
        assertEquals(4, claimed.lastSequence());
    }

    @Test
    public void anEndedRunTakesNoMore() {
        createOwned("r1");
        RunSummary ended = run("r1").ended(RunStatus.CANCELLED, now).summary();
        assertEquals(APPENDED, append(Appends.to("r1", 1, 2).entries(1, now).summary(ended)));
        assertEquals(ended, summary("r1"));
        assertEquals(FENCED, append(Appends.to("r1", 1, 3).id("b").entries(1, now)));
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
    }

    @Test
    public void theAppendsOfABatchSucceedOrFailOnTheirOwn() {
        for (String id : List.of("r1", "r2", "r3", "r4", "r5", "r6")) {
            createOwned(id);
        }
        Appends repeated = Appends.to("r2", 1, 2).id("a").entries(1, now);
        append(repeated);
        post("r4", "m1");
        RunSummary ended = run("r6").ended(RunStatus.COMPLETED, now).summary();
        assertEquals(
                List.of(APPENDED, APPENDED, CONFLICT, MAIL, FENCED, APPENDED, FENCED),
                backend.append(
                        node,
                        List.of(
                                Appends.to("r1", 1, 2).entries(3, now).build(),
                                repeated.build(),
                                Appends.to("r3", 1, 7).entries(1, now).build(),
                                Appends.to("r4", 1, 2).entries(1, now).release().build(),
                                Appends.to("r5", 2, 2).entries(1, now).build(),
                                Appends.to("r6", 1, 2).entries(1, now).summary(ended).build(),
                                Appends.to("nowhere", 1, 2).entries(1, now).build())));
        assertEquals(
                List.of(5, 3, 2, 2, 2, 3, 0),
                List.of("r1", "r2", "r3", "r4", "r5", "r6", "nowhere").stream()
                        .map(id -> journal(id).size())
                        .toList());
        assertEquals(ended, summary("r6"));
    }

    @Test
    public void anEmptyBatchAppendsNothing() {
        assertEquals(List.of(), backend.append(node, List.of()));
    }
}
