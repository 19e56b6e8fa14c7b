package orchestrator.testkit.state;

import static orchestrator.api.state.CreateOutcome.Kind.CREATED;
import static orchestrator.api.state.CreateOutcome.Kind.EXISTS;
import static orchestrator.api.state.CreateOutcome.Kind.KEY_CONFLICT;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Runs begin, with start keys and without. */
public class CreateContract extends StateTopic {
    /** For the suite. */
    public CreateContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aRunBeginsWithItsSummaryAndEntries() {
        create(run("k.r1").withEntries(3, false));
        assertEquals(run("k.r1").summary(), summary("k.r1"));
        assertEquals(List.of(1L, 2L, 3L), sequences("k.r1"));
    }

    @Test
    public void anOwnedRunBeginsWithEpoch1() {
        create(run("k.r1").owned());
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("k.r1", 1, 2).entries(1, now)));
    }

    @Test
    public void anUnownedRunBelongsToNobody() {
        create(run("k.r1").unowned());
        assertEquals(AppendOutcome.FENCED, append(Appends.to("k.r1", 0, 2).entries(1, now)));
        assertEquals(AppendOutcome.FENCED, append(Appends.to("k.r1", 1, 2).entries(1, now)));
        assertEquals(List.of(1L, 2L), sequences("k.r1"));
    }

    @Test
    public void whoBelievesToOwnAnUnownedRunIsFencedOnceItIsClaimed() {
        create(run("k.r1").wakeAt(now.minusSeconds(1)).unowned());
        NodeLease other = backend.enter("node-2", LONG);
        ClaimedRun claimed = backend.claim(other, 10, List.of()).runs().get(0);
        Append theirs = Appends.to(claimed).id("first").entries(1, now).build();
        assertEquals(List.of(AppendOutcome.APPENDED), backend.append(other, List.of(theirs)));
        assertEquals(
                AppendOutcome.FENCED,
                append(Appends.to("k.r1", 1, claimed.lastSequence()).id("first").entries(1, now)));
    }

    @Test
    public void theSameRunAgainChangesNothing() {
        create(run("k.r1").label("try", "1").withEntries(2, true));
        create(run("k.r1").label("try", "2").withEntries(5, true));
        assertEquals(run("k.r1").label("try", "1").summary(), summary("k.r1"));
        assertEquals(List.of(1L, 2L), sequences("k.r1"));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("k.r1", 1, 2).entries(1, now)));
        create(run("k.r1").owned());
        assertEquals(List.of(1L, 2L, 3L), sequences("k.r1"));
    }

    @Test
    public void theSameRunAgainTakesItFromNobody() {
        createOwned("k.r1");
        var other = backend.enter("node-2", LONG);
        assertEquals(
                List.of(new CreateOutcome(CREATED, "k.r1")),
                backend.create(other, List.of(run("k.r1").owned())));
        assertEquals(AppendOutcome.FENCED, append(other, Appends.to("k.r1", 1, 2).entries(1, now)));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("k.r1", 1, 2).entries(1, now)));
    }

    @Test
    public void theSameRunAgainIsCreatedWhenItHasEnded() {
        createOwned("k.r1");
        var ended = run("k.r1").ended(RunStatus.COMPLETED, now).summary();
        append(Appends.to("k.r1", 1, 2).entries(1, now).summary(ended));
        create(run("k.r1").owned());
        assertEquals(ended, summary("k.r1"));
    }

    @Test
    public void theSameRunWithItsStartKeyAgainIsCreated() {
        create(run("k.r1").startKey("key", "hash").unowned());
        create(run("k.r1").startKey("key", "hash").unowned());
        assertEquals(List.of(1L, 2L), sequences("k.r1"));
    }

    @Test
    public void aStartKeyWithTheSameInputGivesItsRun() {
        create(run("k.r1").startKey("key", "hash").unowned());
        assertEquals(
                new CreateOutcome(EXISTS, "k.r1"),
                createOne(run("k.r2").startKey("key", "hash").unowned()));
        assertEquals(List.of(), backend.summaries(List.of("k.r2")));
        assertEquals(List.of(), journal("k.r2"));
    }

    @Test
    public void aStartKeyWithOtherInputIsRefused() {
        create(run("k.r1").startKey("key", "hash").unowned());
        assertEquals(
                new CreateOutcome(KEY_CONFLICT, "k.r1"),
                createOne(run("k.r2").startKey("key", "other").unowned()));
        assertEquals(List.of(), backend.summaries(List.of("k.r2")));
    }

    @Test
    public void startKeysBelongToTheirWorkflow() {
        create(run("k.r1").workflow("one").startKey("key", "hash").unowned());
        create(run("k.r2").workflow("two").startKey("key", "other").unowned());
        assertEquals(
                new CreateOutcome(EXISTS, "k.r1"),
                createOne(run("k.r3").workflow("one").startKey("key", "hash").unowned()));
        assertEquals(
                new CreateOutcome(KEY_CONFLICT, "k.r2"),
                createOne(run("k.r3").workflow("two").startKey("key", "hash").unowned()));
    }

    @Test
    public void startKeysDifferByCaseAndBlanks() {
        create(run("k.r1").startKey("key", "hash").unowned());
        create(run("k.r2").startKey("KEY", "hash").unowned());
        create(run("k.r3").startKey("key ", "hash").unowned());
        create(run("k.r4").startKey("kéy", "hash").unowned());
    }

    @Test
    public void aStartKeyStaysWhenItsRunHasEnded() {
        create(run("k.r1").startKey("key", "hash").owned());
        var ended = run("k.r1").ended(RunStatus.FAILED, now).summary();
        append(Appends.to("k.r1", 1, 2).entries(1, now).summary(ended));
        assertEquals(
                new CreateOutcome(EXISTS, "k.r1"),
                createOne(run("k.r2").startKey("key", "hash").unowned()));
    }

    @Test
    public void theRunsOfABatchSucceedOrFailOnTheirOwn() {
        create(run("k.r1").startKey("key", "hash").unowned());
        assertEquals(
                List.of(
                        new CreateOutcome(CREATED, "k.r2"),
                        new CreateOutcome(EXISTS, "k.r1"),
                        new CreateOutcome(CREATED, "k.r1"),
                        new CreateOutcome(KEY_CONFLICT, "k.r1"),
                        new CreateOutcome(CREATED, "k.r5")),
                backend.create(
                        node,
                        List.of(
                                run("k.r2").owned(),
                                run("k.r3").startKey("key", "hash").owned(),
                                run("k.r1").owned(),
                                run("k.r4").startKey("key", "other").unowned(),
                                run("k.r5").withEntries(1, false))));
        List<String> all = List.of("k.r1", "k.r2", "k.r3", "k.r4", "k.r5");
        assertEquals(
                Set.of("k.r1", "k.r2", "k.r5"),
                backend.summaries(all).stream().map(RunSummary::id).collect(Collectors.toSet()));
        assertEquals(List.of(1L, 2L), sequences("k.r2"));
        assertEquals(List.of(1L), sequences("k.r5"));
    }

    @Test
    public void oneBatchMayHoldAStartKeyTwice() {
        assertEquals(
                List.of(
                        new CreateOutcome(CREATED, "k.r1"),
                        new CreateOutcome(EXISTS, "k.r1"),
                        new CreateOutcome(KEY_CONFLICT, "k.r1")),
                backend.create(
                        node,
                        List.of(
                                run("k.r1").startKey("key", "hash").unowned(),
                                run("k.r2").startKey("key", "hash").unowned(),
                                run("k.r3").startKey("key", "other").unowned())));
    }

    @Test
    public void anEmptyBatchCreatesNothing() {
        assertEquals(List.of(), backend.create(node, List.of()));
    }

    private CreateOutcome createOne(NewRun run) {
        List<CreateOutcome> outcomes = backend.create(node, List.of(run));
        assertEquals("one outcome for one run", 1, outcomes.size());
        return outcomes.get(0);
    }
}
