package orchestrator.testkit.state;

import static orchestrator.api.state.PostOutcome.Kind.DUPLICATE;
import static orchestrator.api.state.PostOutcome.Kind.ENDED;
import static orchestrator.api.state.PostOutcome.Kind.POSTED;
import static orchestrator.api.state.PostOutcome.Kind.UNKNOWN_RUN;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.PostOutcome;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Messages reach runs, owned or not. */
public class InboxContract extends StateTopic {
    /** For the suite. */
    public InboxContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void messagesAreNumberedFrom1InEachRun() {
        createOwned("r1");
        create(run("r2").unowned());
        assertEquals(new PostOutcome(POSTED, 1), post("r1", "a"));
        assertEquals(new PostOutcome(POSTED, 2), post("r1", "b"));
        assertEquals(new PostOutcome(POSTED, 1), post("r2", "a"));
    }

    @Test
    public void aMessageSeenBeforeKeepsItsNumber() {
        createOwned("r1");
        post("r1", "a");
        post("r1", "b");
        assertEquals(new PostOutcome(DUPLICATE, 1), post("r1", "a"));
        assertEquals(new PostOutcome(POSTED, 3), post("r1", "c"));
        assertEquals(3, backend.mail(node).size());
    }

    @Test
    public void aMessageSeenBeforeIsADuplicateAlsoWhenItWasConsumed() {
        createOwned("r1");
        post("r1", "a");
        append(Appends.to("r1", 1, 2).entries(1, now).consumed(1L).seen(1));
        assertEquals(new PostOutcome(DUPLICATE, 1), post("r1", "a"));
        assertEquals(List.of(), backend.mail(node));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 3).seen(1).release()));
        assertEquals("not due", List.of(), claimAll(node));
        assertEquals(new PostOutcome(DUPLICATE, 1), post("r1", "a"));
        assertEquals("a duplicate wakes nobody", List.of(), claimAll(node));
    }

    @Test
    public void aMessageSeenBeforeIsADuplicateAlsoWhenTheRunHasEnded() {
        createOwned("r1");
        post("r1", "a");
        end("r1", 1);
        assertEquals(new PostOutcome(DUPLICATE, 1), post("r1", "a"));
        assertEquals(new PostOutcome(ENDED, 0), post("r1", "b"));
    }

    @Test
    public void anUnknownRunTakesNone() {
        assertEquals(new PostOutcome(UNKNOWN_RUN, 0), post("nowhere", "a"));
    }

    @Test
    public void messageIdsDifferByCaseAndBlanks() {
        createOwned("r1");
        assertEquals(new PostOutcome(POSTED, 1), post("r1", "a"));
        assertEquals(new PostOutcome(POSTED, 2), post("r1", "A"));
        assertEquals(new PostOutcome(POSTED, 3), post("r1", "a "));
        assertEquals(new PostOutcome(POSTED, 4), post("r1", "x".repeat(128)));
        assertEquals(new PostOutcome(DUPLICATE, 4), post("r1", "x".repeat(128)));
    }

    @Test
    public void theMessagesOfABatchSucceedOrFailOnTheirOwn() {
        createOwned("r1");
        createOwned("r2");
        createOwned("r3");
        end("r2", 0);
        assertEquals(
                List.of(
                        new PostOutcome(POSTED, 1),
                        new PostOutcome(UNKNOWN_RUN, 0),
                        new PostOutcome(POSTED, 2),
                        new PostOutcome(ENDED, 0),
                        new PostOutcome(DUPLICATE, 1),
                        new PostOutcome(POSTED, 1),
                        new PostOutcome(POSTED, 3)),
                backend.post(
                        List.of(
                                message("r1", "a"),
                                message("nowhere", "a"),
                                message("r1", "b"),
                                message("r2", "a"),
                                message("r1", "a"),
                                message("r3", "a"),
                                message("r1", "c"))));
    }

    @Test
    public void anEmptyBatchPostsNothing() {
        assertEquals(List.of(), backend.post(List.of()));
    }

    @Test
    public void mailIsThatOfOwnRunsByRunAndNumber() {
        NodeLease other = backend.enter("node-2", LONG);
        createOwned("r2");
        createOwned("r1");
        createOwned("R3");
        create(run("free").unowned());
        backend.create(other, List.of(run("foreign").owned()));
        for (String run : List.of("r2", "r1", "free", "foreign", "r1", "R3")) {
            post(run, "id-" + run + "-" + backend.mail(node).size());
        }
        List<Mail> mail = backend.mail(node);
        assertEquals(
                List.of("R3/1", "r1/1", "r1/2", "r2/1"),
                mail.stream().map(m -> m.run() + "/" + m.number()).toList());
        assertEquals("id-r1-1", mail.get(1).messageId());
        assertArrayEquals("id-r1-1".getBytes(StandardCharsets.UTF_8), mail.get(1).body());
        assertEquals(List.of("foreign"), backend.mail(other).stream().map(Mail::run).toList());
    }

    @Test
    public void aReleasedRunsMailIsNobodys() {
        createOwned("r1");
        post("r1", "a");
        append(Appends.to("r1", 1, 2).seen(1).release());
        assertEquals(List.of(), backend.mail(node));
    }

    @Test
    public void anEndedRunsMailIsNobodys() {
        createOwned("r1");
        post("r1", "a");
        end("r1", 1);
        assertEquals(List.of(), backend.mail(node));
    }

    @Test
    public void aMessageMakesAnUnownedRunDue() {
        create(run("r1").wakeAt(now.plusSeconds(3600)).unowned());
        create(run("r2").unowned());
        assertEquals(List.of(), claimAll(node));
        post("r2", "a");
        List<ClaimedRun> claimed = claimAll(node);
        assertEquals(List.of("r2"), ids(claimed));
        assertEquals(1, claimed.get(0).inboxTail());
        assertEquals(List.of("a"), claimed.get(0).inbox().stream().map(Mail::messageId).toList());
    }

    @Test
    public void aMessageThatWasSeenAndNotConsumedDoesNotMakeTheRunDueAgain() {
        createOwned("r1");
        post("r1", "a");
        append(Appends.to("r1", 1, 2).seen(1).release());
        assertEquals(List.of(), claimAll(node));
        post("r1", "b");
        List<ClaimedRun> claimed = claimAll(node);
        assertEquals(List.of("r1"), ids(claimed));
        assertEquals(
                "the unconsumed one is still there",
                List.of("a", "b"),
                claimed.get(0).inbox().stream().map(Mail::messageId).toList());
        assertEquals(2, claimed.get(0).inboxTail());
    }

    @Test
    public void aClaimedRunBringsItsUnconsumedMessagesByNumber() {
        createOwned("r1");
        post("r1", "a");
        post("r1", "b");
        post("r1", "c");
        append(Appends.to("r1", 1, 2).entries(1, now).consumed(2L).seen(3));
        NodeLease second = supersede();
        ClaimedRun claimed = claimAll(second).get(0);
        assertEquals(List.of(1L, 3L), claimed.inbox().stream().map(Mail::number).toList());
        assertEquals(List.of("a", "c"), claimed.inbox().stream().map(Mail::messageId).toList());
        assertArrayEquals("c".getBytes(StandardCharsets.UTF_8), claimed.inbox().get(1).body());
        assertEquals("r1", claimed.inbox().get(0).run());
        assertEquals(3, claimed.inboxTail());
    }

    @Test
    public void theTailRemembersWhatWasConsumed() {
        createOwned("r1");
        post("r1", "a");
        append(Appends.to("r1", 1, 2).entries(1, now).consumed(1L).seen(1));
        ClaimedRun claimed = claimAll(supersede()).get(0);
        assertEquals(List.of(), claimed.inbox());
        assertEquals(1, claimed.inboxTail());
    }

    private void end(String id, long seen) {
        assertEquals(
                AppendOutcome.APPENDED,
                append(
                        Appends.to(id, 1, 2)
                                .entries(1, now)
                                .seen(seen)
                                .summary(run(id).ended(RunStatus.COMPLETED, now).summary())));
    }
}
