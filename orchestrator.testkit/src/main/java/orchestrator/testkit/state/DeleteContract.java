package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Logs;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.Snapshot;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Ended runs go; their start keys stay for a while. */
public class DeleteContract extends StateTopic {
    private static final Set<RunStatus> FINAL =
            Set.of(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED);

    /** For the suite. */
    public DeleteContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aDeletedRunIsGoneWithAllThatBelongsToIt() {
        createOwned("r1");
        post("r1", "m1");
        backend.saveSnapshot("r1", new Snapshot(2, 1, new byte[] {1}));
        backend.log("r1", List.of(new LogLine(now, "INFO", "step", 1, "line")), 10);
        backend.putDefinition("sha256-contract", new byte[] {1});
        end("r1", RunStatus.COMPLETED, now);
        assertEquals(List.of("r1"), delete(now.plusSeconds(1), FINAL));
        assertEquals(List.of(), backend.summaries(List.of("r1")));
        assertEquals(List.of(), backend.find(RunQuery.all(10)).runs());
        assertEquals(List.of(), backend.journal("r1", 1, 10));
        assertEquals(Optional.empty(), backend.snapshot("r1"));
        assertEquals(new Logs(List.of(), 0), backend.logs("r1"));
        assertEquals(new PostOutcome(PostOutcome.Kind.UNKNOWN_RUN, 0), post("r1", "m2"));
        assertEquals(AppendOutcome.FENCED, append(Appends.to("r1", 1, 3).id("z").entries(1, now)));
        assertEquals(1, backend.definition("sha256-contract").orElseThrow().length);
    }

    @Test
    public void onlyRunsThatEndedBeforeTheTimeGo() {
        endedRun("old", RunStatus.COMPLETED, now.minusSeconds(10));
        endedRun("edge", RunStatus.COMPLETED, now.minusSeconds(5));
        endedRun("new", RunStatus.COMPLETED, now);
        createOwned("running");
        assertEquals(List.of("old"), delete(now.minusSeconds(5), FINAL));
        assertEquals(3, backend.find(RunQuery.all(10)).runs().size());
    }

    @Test
    public void onlyRunsInTheGivenStatusesGo() {
        endedRun("completed", RunStatus.COMPLETED, now);
        endedRun("failed", RunStatus.FAILED, now);
        endedRun("cancelled", RunStatus.CANCELLED, now);
        assertEquals(
                Set.of("completed", "cancelled"),
                Set.copyOf(
                        delete(
                                now.plusSeconds(1),
                                Set.of(RunStatus.COMPLETED, RunStatus.CANCELLED))));
        assertEquals("failed", summary("failed").id());
    }

    @Test
    public void runsThatHaveNotEndedStay() {
        createOwned("r1");
        create(run("r2").status(RunStatus.WAITING).unowned());
        assertEquals(
                List.of(),
                delete(now.plusSeconds(99), Set.of(RunStatus.RUNNING, RunStatus.WAITING)));
        assertEquals(2, backend.find(RunQuery.all(10)).runs().size());
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
    }

    @Test
    public void aDeletedRunIsCreatedAnew() {
        endedRun("r1", RunStatus.COMPLETED, now);
        assertEquals(List.of("r1"), delete(now.plusSeconds(1), FINAL));
        createOwned("r1");
        assertEquals(List.of(1L, 2L), sequences("r1"));
        assertEquals(AppendOutcome.APPENDED, append(Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), post("r1", "m1"));
    }

    @Test
    public void limitsAreKept() {
        for (int i = 0; i < 7; i++) {
            endedRun("r" + i, RunStatus.COMPLETED, now);
        }
        Instant before = now.plusSeconds(1);
        assertEquals(3, backend.delete(before, FINAL, before, 3).size());
        assertEquals(3, backend.delete(before, FINAL, before, 3).size());
        assertEquals(1, backend.delete(before, FINAL, before, 3).size());
        assertEquals(0, backend.delete(before, FINAL, before, 3).size());
        assertEquals(List.of(), backend.find(RunQuery.all(10)).runs());
    }

    @Test
    public void aStartKeyOutlivesItsRun() {
        endedRun(run("k.1").startKey("key", "hash"), RunStatus.COMPLETED, now);
        assertEquals(List.of("k.1"), delete(now.plusSeconds(1), FINAL));
        assertEquals(CreateOutcome.Kind.EXISTS, startAgain("hash").kind());
        assertEquals("k.1", startAgain("hash").run());
        assertEquals(CreateOutcome.Kind.KEY_CONFLICT, startAgain("other").kind());
    }

    @Test
    public void aStartKeyOfADeletedRunGoesWhenItsTimeIsUp() {
        endedRun(run("k.1").startKey("key", "hash"), RunStatus.COMPLETED, now);
        delete(now.plusSeconds(1), FINAL);
        backend.delete(now.minusSeconds(99), FINAL, now, 10);
        assertEquals(CreateOutcome.Kind.EXISTS, startAgain("hash").kind());
        assertEquals(
                List.of(), backend.delete(now.minusSeconds(99), FINAL, now.plusSeconds(1), 10));
        assertEquals(new CreateOutcome(CreateOutcome.Kind.CREATED, "k.again"), startAgain("other"));
    }

    @Test
    public void aStartKeyMayGoTogetherWithItsRun() {
        endedRun(run("k.1").startKey("key", "hash"), RunStatus.COMPLETED, now);
        backend.delete(now.plusSeconds(1), FINAL, now.plusSeconds(1), 10);
        assertEquals(new CreateOutcome(CreateOutcome.Kind.CREATED, "k.again"), startAgain("hash"));
    }

    @Test
    public void aStartKeyStaysAsLongAsItsRun() {
        endedRun(run("k.1").startKey("key", "hash"), RunStatus.FAILED, now);
        backend.delete(now.plusSeconds(1), Set.of(RunStatus.COMPLETED), now.plusSeconds(1), 10);
        assertEquals(CreateOutcome.Kind.EXISTS, startAgain("hash").kind());
    }

    private List<String> delete(Instant endedBefore, Set<RunStatus> statuses) {
        return backend.delete(endedBefore, statuses, now.minusSeconds(3600), 100);
    }

    private CreateOutcome startAgain(String hash) {
        return backend.create(node, List.of(run("k.again").startKey("key", hash).unowned())).get(0);
    }

    /** No run ends before its creation: these end in the minute before now. */
    @Override
    protected Runs run(String id) {
        return Runs.run(id, now.minusSeconds(60));
    }

    private void endedRun(String id, RunStatus status, Instant at) {
        endedRun(run(id), status, at);
    }

    private void endedRun(Runs run, RunStatus status, Instant at) {
        create(run.owned());
        end(run.summary().id(), status, at);
    }

    private void end(String id, RunStatus status, Instant at) {
        assertEquals(
                AppendOutcome.APPENDED,
                append(
                        Appends.to(id, 1, 2)
                                .entries(1, now)
                                .seen(1)
                                .summary(run(id).ended(status, at).summary())));
    }
}
