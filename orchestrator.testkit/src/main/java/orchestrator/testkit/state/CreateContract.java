package orchestrator.testkit.state;

import static orchestrator.api.state.CreateOutcome.Kind.CREATED;
import static orchestrator.api.state.CreateOutcome.Kind.EXISTS;
import static orchestrator.api.state.CreateOutcome.Kind.KEY_CONFLICT;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.concurrent.Callable;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunQuery;
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
        create(run("r1").withEntries(3, false));
        assertEquals(run("r1").summary(), summary("r1"));
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
    }

    @Test
    public void anOwnedRunBeginsWithEpoch1() {
        create(run("r1").owned());
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void anUnownedRunBelongsToNobody() {
        create(run("r1").unowned());
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 0, 2).entries(1, now)));
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(List.of(1L, 2L), sequences("r1"));
    }

    @Test
    public void theSameRunAgainChangesNothing() {
        create(run("r1").label("try", "1").withEntries(2, true));
        create(run("r1").label("try", "2").withEntries(5, true));
        assertEquals(run("r1").label("try", "1").summary(), summary("r1"));
        assertEquals(List.of(1L, 2L), sequences("r1"));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
        create(run("r1").owned());
        assertEquals(List.of(1L, 2L, 3L), sequences("r1"));
    }

    @Test
    public void theSameRunAgainTakesItFromNobody() {
        createOwned("r1");
        var other = backend.enter("node-2", LONG);
        assertEquals(
                List.of(new CreateOutcome(CREATED, "r1")),
                backend.create(other, List.of(run("r1").owned())));
        assertEquals(AppendOutcome.FENCED, append(other, Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void theSameRunAgainIsCreatedWhenItHasEnded() {
        createOwned("r1");
        var ended = run("r1").ended(RunStatus.COMPLETED, now).summary();
        append(Appends.to("r1", 1, 2).entries(1, now).summary(ended));
        create(run("r1").owned());
        assertEquals(ended, summary("r1"));
    }

    @Test
    public void theSameRunWithItsStartKeyAgainIsCreated() {
        create(run("r1").startKey("key", "hash").unowned());
        create(run("r1").startKey("key", "hash").unowned());
        assertEquals(List.of(1L, 2L), sequences("r1"));
    }

    @Test
    public void aStartKeyWithTheSameInputGivesItsRun() {
        create(run("r1").startKey("key", "hash").unowned());
        assertEquals(
                new CreateOutcome(EXISTS, "r1"),
                createOne(run("r2").startKey("key", "hash").unowned()));
        assertEquals(List.of(), backend.summaries(List.of("r2")));
        assertEquals(List.of(), journal("r2"));
    }

    @Test
    public void aStartKeyWithOtherInputIsRefused() {
        create(run("r1").startKey("key", "hash").unowned());
        assertEquals(
                new CreateOutcome(KEY_CONFLICT, "r1"),
                createOne(run("r2").startKey("key", "other").unowned()));
        assertEquals(List.of(), backend.summaries(List.of("r2")));
    }

    @Test
    public void startKeysBelongToTheirWorkflow() {
        create(run("r1").workflow("one").startKey("key", "hash").unowned());
        create(run("r2").workflow("two").startKey("key", "other").unowned());
        assertEquals(
                new CreateOutcome(EXISTS, "r1"),
                createOne(run("r3").workflow("one").startKey("key", "hash").unowned()));
        assertEquals(
                new CreateOutcome(KEY_CONFLICT, "r2"),
                createOne(run("r3").workflow("two").startKey("key", "hash").unowned()));
    }

    @Test
    public void startKeysDifferByCaseAndBlanks() {
        create(run("r1").startKey("key", "hash").unowned());
        create(run("r2").startKey("KEY", "hash").unowned());
        create(run("r3").startKey("key ", "hash").unowned());
        create(run("r4").startKey("kéy", "hash").unowned());
    }

    @Test
    public void aStartKeyStaysWhenItsRunHasEnded() {
        create(run("r1").startKey("key", "hash").owned());
        var ended = run("r1").ended(RunStatus.FAILED, now).summary();
        append(Appends.to("r1", 1, 2).entries(1, now).summary(ended));
        assertEquals(
                new CreateOutcome(EXISTS, "r1"),
                createOne(run("r2").startKey("key", "hash").unowned()));
    }

    @Test
    public void theRunsOfABatchSucceedOrFailOnTheirOwn() {
        create(run("r1").startKey("key", "hash").unowned());
        assertEquals(
                List.of(
                        new CreateOutcome(CREATED, "r2"),
                        new CreateOutcome(EXISTS, "r1"),
                        new CreateOutcome(CREATED, "r1"),
                        new CreateOutcome(KEY_CONFLICT, "r1"),
                        new CreateOutcome(CREATED, "r5")),
                backend.create(
                        node,
                        List.of(
                                run("r2").owned(),
                                run("r3").startKey("key", "hash").owned(),
                                run("r1").owned(),
                                run("r4").startKey("key", "other").unowned(),
                                run("r5").withEntries(1, false))));
        assertEquals(
                List.of("r5", "r2", "r1"),
                backend.find(RunQuery.all(10)).runs().stream().map(RunSummary::id).toList());
        assertEquals(List.of(1L, 2L), sequences("r2"));
        assertEquals(List.of(1L), sequences("r5"));
    }

    @Test
    public void oneBatchMayHoldAStartKeyTwice() {
        assertEquals(
                List.of(
                        new CreateOutcome(CREATED, "r1"),
                        new CreateOutcome(EXISTS, "r1"),
                        new CreateOutcome(KEY_CONFLICT, "r1")),
                backend.create(
                        node,
                        List.of(
                                run("r1").startKey("key", "hash").unowned(),
                                run("r2").startKey("key", "hash").unowned(),
                                run("r3").startKey("key", "other").unowned())));
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
