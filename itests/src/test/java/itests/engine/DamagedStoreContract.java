package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.Repair;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.StateUnavailableException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Stores that are really damaged, with plain SQL beside the engine that uses them: what is found, and what is mended. */
public abstract class DamagedStoreContract {
    private StateBackend backend;
    private TestEngine engine;

    /** What is done with plain SQL. */
    @FunctionalInterface
    protected interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Opens the store. */
    protected abstract StateBackend open() throws Exception;

    /** Reads or changes the tables with plain SQL. */
    protected abstract <T> T sql(Work<T> work) throws Exception;

    /** Closes the store. */
    protected abstract void close(StateBackend store) throws Exception;

    @Before
    public void begin() throws Exception {
        backend = open();
        engine = new TestEngine(backend);
        engine.offer("echo", context -> context.input());
        engine.workflow(
                "done",
                w -> {
                    w.step("a").task("echo");
                    w.step("b").task("echo").after("a");
                });
        engine.workflow("waits", w -> w.step("only").task("later"));
    }

    @After
    public void end() throws Exception {
        engine.close();
        close(backend);
    }

    /** Takes the store away from the engine. */
    protected void takeAway() {
        engine.engine.detach(backend);
    }

    /** Gives the engine its store back. */
    protected void giveBack(StateBackend opened) {
        backend = opened;
        engine.engine.attach(opened);
    }

    /** A run that has ended. */
    private String ended() {
        RunDetails run = engine.run("done", Map.of("x", "some text"));
        assertEquals(RunStatus.COMPLETED, run.status());
        return run.id();
    }

    /** A run that waits for a task and has left memory. */
    private String waiting() {
        RunHandle run =
                engine.manager.executeWorkflow(
                        "waits", Map.of(), StartOptions.none().label("team", "blue"));
        Await.until(
                "run " + run.id() + " to wait",
                () ->
                        engine
                                        .state
                                        .find(RunFilter.all().status(RunStatus.WAITING))
                                        .items()
                                        .stream()
                                        .anyMatch(r -> r.id().equals(run.id()))
                                && engine.engine.activeRuns() == 0);
        return run.id();
    }

    private List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        CheckReport report =
                engine.maintenance.validateStateConsistency(findings::add, looked -> {});
        assertEquals(findings.size(), report.findings());
        assertTrue(report.isComplete());
        return findings;
    }

    private static Set<String> codes(List<Finding> findings) {
        Set<String> codes = new TreeSet<>();
        for (Finding finding : findings) {
            codes.add(finding.code() + " " + finding.runId().orElse("-"));
        }
        assertEquals(findings.toString(), findings.size(), codes.size());
        return codes;
    }

    private List<Repair> repair(boolean apply) {
        List<Repair> repairs = new ArrayList<>();
        engine.maintenance.repairState(apply, repairs::add, looked -> {});
        return repairs;
    }

    private void expectClean() {
        assertEquals(List.of(), check());
    }

    /** The damage is found, a dry run changes nothing, and the repair mends it; every other run is left alone. */
    private void expectMended(String code, String run) {
        assertEquals(Set.of(code + " " + run), codes(check()));
        List<Repair> planned = repair(false);
        assertEquals(1, planned.size());
        assertEquals(Repair.Outcome.PLANNED, planned.get(0).outcome());
        assertEquals("a dry run", Set.of(code + " " + run), codes(check()));
        List<Repair> repairs = repair(true);
        assertEquals(1, repairs.size());
        assertEquals(repairs.get(0).message(), Repair.Outcome.MENDED, repairs.get(0).outcome());
        expectClean();
    }

    private void damage(String statement, Object... args) throws Exception {
        int changed =
                sql(
                        connection -> {
                            try (PreparedStatement prepared =
                                    prepare(connection, statement, args)) {
                                return prepared.executeUpdate();
                            }
                        });
        assertTrue(statement, changed > 0);
    }

    private Object read(String query, Object... args) throws Exception {
        return sql(
                connection -> {
                    try (PreparedStatement prepared = prepare(connection, query, args);
                            ResultSet row = prepared.executeQuery()) {
                        return row.next() ? row.getObject(1) : null;
                    }
                });
    }

    private static PreparedStatement prepare(Connection connection, String text, Object... args)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(text);
        for (int i = 0; i < args.length; i++) {
            prepared.setObject(i + 1, args[i]);
        }
        return prepared;
    }

    /** The one thing that waits has what it needs, and ends as if nothing had happened. */
    private void expectToEnd(String run) {
        engine.offer("later", context -> "late");
        Await.until(
                "run " + run + " to end",
                () ->
                        engine.manager.getWorkflowStatus(run).orElseThrow().status()
                                == RunStatus.COMPLETED);
    }

    @Test
    public void aSoundStoreIsFoundSoundWhereverItsRunsStand() throws Exception {
        ended();
        engine.run("done", Map.of("path", "/a\u0000b"));
        waiting();
        String paused = waiting();
        engine.manager.pauseWorkflow(paused);
        engine.manager.cancelWorkflow(waiting(), "no need");
        engine.offer(
                "fails",
                context -> {
                    throw new IllegalStateException("no \u0000 luck");
                });
        engine.workflow("fails", w -> w.step("only").task("fails").retry(2, Duration.ofMillis(1)));
        assertEquals(RunStatus.FAILED, engine.run("fails", Map.of()).status());
        engine.workflow(
                "tries",
                w -> {
                    w.timeout(Duration.ofDays(3));
                    w.step("only").task("fails").retry(2, Duration.ofDays(1));
                    w.step("other").task("later");
                });
        engine.start("tries", Map.of());
        Await.until(
                "the run to wait for its next attempt",
                () ->
                        engine.engine.activeRuns() == 0
                                && engine.state.count().get(RunStatus.WAITING) == 2);
        CountDownLatch began = new CountDownLatch(3);
        Semaphore mayEnd = new Semaphore(1);
        engine.offer(
                "held",
                context -> {
                    began.countDown();
                    mayEnd.acquire();
                    return 1;
                });
        engine.workflow(
                "held",
                w -> {
                    w.requireInput("list");
                    w.step("each").task("held").forEach("input.list").concurrency(2);
                    w.step("soon").task("fails").retry(2, Duration.ofSeconds(5));
                });
        RunHandle running = engine.start("held", Map.of("list", List.of(1, 2, 3, 4)));
        began.await();
        expectClean();
        assertEquals(1L, engine.state.count().get(RunStatus.RUNNING).longValue());
        mayEnd.release(10);
        engine.manager.cancelWorkflow(running.id(), "seen enough");
        engine.workflow("parent", w -> w.step("part").workflow("waits"));
        engine.start("parent", Map.of());
        expectClean();
        Await.until(
                "the parent to leave memory, since it only waits for its child",
                () ->
                        engine.state.find(RunFilter.all().workflow("parent")).items().stream()
                                .allMatch(r -> r.status() == RunStatus.WAITING));
        expectClean();
    }

    @Test
    public void aLostEntryIsNamedAndItsRunIsPutAside() throws Exception {
        String run = waiting();
        String other = waiting();
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 1", run);
        List<Finding> findings = check();
        assertEquals(Set.of("journal-gap " + run), codes(findings));
        assertTrue(
                findings.get(0).message(), findings.get(0).message().contains("no entries 1 to 2"));
        assertFalse(findings.get(0).isMendable());
        expectPutAside(run);
        expectToEnd(other);
    }

    @Test
    public void aFlippedByteIsNamedAndItsRunIsPutAside() throws Exception {
        String run = waiting();
        waiting();
        byte[] body = (byte[]) read("SELECT body FROM orc_entry WHERE run = ? AND seq = 1", run);
        body[0] ^= 0x40;
        damage("UPDATE orc_entry SET body = ? WHERE run = ? AND seq = 1", body, run);
        List<Finding> findings = check();
        assertEquals(Set.of("entry " + run), codes(findings));
        assertTrue(findings.get(0).message(), findings.get(0).message().contains("damaged"));
        expectPutAside(run);
    }

    @Test
    public void anEntryOfAFutureVersionIsNamedAndItsRunIsPutAside() throws Exception {
        String run = waiting();
        damage("UPDATE orc_entry SET version = 99 WHERE run = ? AND seq = 1", run);
        List<Finding> findings = check();
        assertEquals(Set.of("entry " + run), codes(findings));
        assertTrue(findings.get(0).message(), findings.get(0).message().contains("version 99"));
        expectPutAside(run);
    }

    @Test
    public void anEntryOfAnUnknownTypeIsNamedAndItsRunIsPutAside() throws Exception {
        String run = waiting();
        damage("UPDATE orc_entry SET type = 'Dreamt' WHERE run = ? AND seq = 3", run);
        assertEquals(Set.of("entry " + run), codes(check()));
        expectPutAside(run);
    }

    private void expectPutAside(String run) {
        Set<String> before = codes(check());
        List<Repair> repairs = repair(true);
        assertEquals(1, repairs.size());
        assertEquals(Repair.Outcome.QUARANTINED, repairs.get(0).outcome());
        var listed =
                engine.state.find(RunFilter.all()).items().stream()
                        .filter(r -> r.id().equals(run))
                        .findFirst()
                        .orElseThrow();
        assertEquals(RunStatus.WAITING, listed.status());
        assertEquals("quarantined", listed.reason().orElseThrow().code());
        assertEquals("the second check names only what is lost", before, codes(check()));
    }

    @Test
    public void anEndedRunWithADamagedJournalKeepsItsStatusAndSaysSo() throws Exception {
        String run = ended();
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 3", run);
        assertEquals(Set.of("journal-gap " + run), codes(check()));
        assertEquals(Repair.Outcome.QUARANTINED, repair(true).get(0).outcome());
        var listed = engine.state.find(RunFilter.all()).items().get(0);
        assertEquals(RunStatus.COMPLETED, listed.status());
        assertEquals("quarantined", listed.reason().orElseThrow().code());
        assertEquals(Set.of("journal-gap " + run), codes(check()));
    }

    @Test
    public void aLostDefinitionIsNamed() throws Exception {
        String run = waiting();
        ended();
        damage(
                "DELETE FROM orc_definition WHERE hash = (SELECT definition_hash FROM orc_run WHERE id = ?)",
                run);
        assertEquals(Set.of("definition " + run), codes(check()));
        engine.close(); // the next one does not remember it
        engine = new TestEngine(backend);
        expectPutAside(run);
    }

    @Test
    public void aLostDefinitionThatTheNodeRemembersIsPutBack() throws Exception {
        String run = waiting();
        damage("DELETE FROM orc_definition");
        expectMended("definition", run);
        expectToEnd(run);
    }

    @Test
    public void aRunThatCannotBeReadCanBeEndedAndDeleted() throws Exception {
        String run = waiting();
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 1", run);
        List<CleanedRun> cleaned = new ArrayList<>();
        engine.maintenance.cleanupStaleWorkflows(
                CleanupOptions.none().staleAfter(Duration.ZERO).cancelStale().apply(),
                cleaned::add);
        assertTrue(cleaned.get(0).message(), cleaned.get(0).isDone());
        assertEquals(1L, engine.state.count().get(RunStatus.CANCELLED).longValue());
        engine.maintenance.cleanupStaleWorkflows(
                CleanupOptions.none().olderThan(Duration.ZERO).apply(), cleaned::add);
        expectClean();
    }

    private boolean isQuarantined(String run) {
        return engine.state.find(RunFilter.all().workflow("waits")).items().stream()
                .filter(info -> info.id().equals(run))
                .anyMatch(
                        info ->
                                info.reason()
                                        .filter(reason -> reason.code().equals("quarantined"))
                                        .isPresent());
    }

    @Test
    public void aParentHearsThatItsChildIsGivenUp() throws Exception {
        engine.workflow("parent", w -> w.step("part").workflow("waits"));
        RunHandle parent = engine.start("parent", Map.of());
        Await.until(
                "the child to wait",
                () -> engine.state.count().getOrDefault(RunStatus.WAITING, 0L) == 1);
        String child =
                engine.state.find(RunFilter.all().status(RunStatus.WAITING)).items().get(0).id();
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 1", child);
        assertTrue(engine.manager.pauseWorkflow(parent.id()).accepted()); // so it is not stale
        Await.until( // it is claimed for what its parent writes to it, and cannot be read
                "the child to be quarantined", () -> isQuarantined(child));
        Await.until("both to leave memory", () -> engine.engine.activeRuns() == 0);
        List<CleanedRun> cleaned = new ArrayList<>();
        engine.maintenance.cleanupStaleWorkflows(
                CleanupOptions.none().staleAfter(Duration.ZERO).cancelStale().apply(),
                cleaned::add);
        assertEquals(1, cleaned.size());
        assertEquals(child, cleaned.get(0).runId());
        assertTrue(cleaned.get(0).message(), cleaned.get(0).isDone());
        String error = TestEngine.end(parent).error().orElseThrow();
        assertTrue(
                error,
                error.startsWith(
                        "lost: step 'part': run %s has ended as CANCELLED: its journal cannot be read"
                                .formatted(child)));
    }

    /** As it was left by a cleanup that told nobody. */
    @Test
    public void aParentThatIsResumedFindsThatItsChildHasEnded() throws Exception {
        engine.workflow("parent", w -> w.step("part").workflow("waits"));
        RunHandle parent = engine.start("parent", Map.of());
        Await.until(
                "the child to wait",
                () -> engine.state.count().getOrDefault(RunStatus.WAITING, 0L) == 1);
        String child =
                engine.state.find(RunFilter.all().status(RunStatus.WAITING)).items().get(0).id();
        assertTrue(engine.manager.pauseWorkflow(parent.id()).accepted());
        Await.until(
                "both to be held and out of memory",
                () ->
                        engine.state.count().getOrDefault(RunStatus.PAUSED, 0L) == 2
                                && engine.engine.activeRuns() == 0);
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 1", child);
        damage("UPDATE orc_run SET status = 'CANCELLED', finished = 1 WHERE id = ?", child);
        assertTrue(engine.manager.resumeWorkflow(parent.id()).accepted());
        String error = TestEngine.end(parent).error().orElseThrow();
        assertTrue(error, error.startsWith("lost: step 'part': run " + child));
    }

    @Test
    public void aRunGoesOnWhenItsRepairDidNotComeToItsEnd() throws Exception {
        String run = waiting();
        damage("UPDATE orc_run SET priority = 9 WHERE id = ?", run);
        AtomicBoolean away = new AtomicBoolean();
        StateBackend store = backend;
        Object failing =
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {StateBackend.class, StateInspection.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("journal")
                                    && away.getAndSet(false)) { // once
                                throw new StateUnavailableException("the store is away", null);
                            }
                            try {
                                Object answer = method.invoke(store, args);
                                away.compareAndSet(false, method.getName().equals("take"));
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
        engine.close();
        engine = new TestEngine((StateBackend) failing);
        engine.workflow("waits", w -> w.step("only").task("later"));
        RefusedException refused = assertThrows(RefusedException.class, () -> repair(true));
        assertTrue(refused.getMessage(), refused.getMessage().contains("run " + run));
        expectToEnd(run);
        expectClean();
    }

    @Test
    public void ofManyDamagedPlacesTheFirstAreNamed() throws Exception {
        engine.offer("many", context -> Collections.nCopies(40, 1));
        engine.workflow(
                "many",
                w -> {
                    w.step("list").task("many");
                    w.step("each")
                            .task("echo")
                            .after("list")
                            .forEach("list")
                            .concurrency(1)
                            .input("n", "${item}");
                });
        String run = engine.run("many", Map.of()).id();
        expectClean();
        damage( // every second row
                "UPDATE orc_entry SET version = 99 WHERE run = ? AND (SELECT count(*)"
                        + " FROM orc_entry e WHERE e.run = orc_entry.run AND e.seq < orc_entry.seq) % 2 = 1",
                run);
        List<Finding> findings = check();
        assertEquals(11, findings.size());
        assertTrue(
                findings.get(10).message(),
                findings.get(10).message().contains("more damaged places"));
    }

    @Test
    public void aMemberThatNobodyTakesOverIsNamedAndEnded() throws Exception {
        ended();
        List<Finding> findings = new ArrayList<>();
        // Until the next claim of this node, which comes with its next heartbeat or run.
        Await.until(
                "the lease of a node that is gone to be seen",
                () -> {
                    try {
                        sql(
                                connection ->
                                        prepare(
                                                        connection,
                                                        "INSERT INTO orc_lease (node, incarnation, duration, expires, claim_no)"
                                                                + " VALUES ('gone', 1, 1000000, 1, 0)"
                                                                + " ON CONFLICT (node) DO UPDATE SET expires = 1")
                                                .executeUpdate());
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    findings.clear();
                    findings.addAll(check());
                    return !findings.isEmpty();
                });
        assertEquals(Set.of("lease -"), codes(findings));
        repair(true);
        expectClean();
    }

    @Test
    public void aWrongStatusIsRebuiltAndTheRunGoesOn() throws Exception {
        String run = waiting();
        ended();
        damage("UPDATE orc_run SET status = 'FAILED' WHERE id = ?", run);
        expectMended("summary", run);
        expectToEnd(run);
    }

    @Test
    public void anEndedRunThatIsListedAsWaitingIsListedAsEnded() throws Exception {
        String run = ended();
        damage(
                "UPDATE orc_run SET status = 'WAITING', finished = 0, ended = NULL WHERE id = ?",
                run);
        expectMended("summary", run);
        assertEquals(1L, engine.state.count().get(RunStatus.COMPLETED).longValue());
    }

    @Test
    public void whatIsListedOfARunIsComparedInEveryPart() throws Exception {
        String run = waiting();
        for (String change :
                List.of(
                        "reason_code = 'signal'",
                        "wake_at = 9000000000000000, due = 9000000000000000",
                        "wait_keys = ''",
                        "progress = 77",
                        "error = 'x'",
                        "priority = 3",
                        "workflow = 'other'",
                        "labels = ''",
                        "ended = 1")) {
            damage("UPDATE orc_run SET " + change + " WHERE id = ?", run);
            expectMended("summary", run);
        }
        expectToEnd(run);
    }

    @Test
    public void aRunOfNobodyIsReleasedAndGoesOn() throws Exception {
        String run = waiting();
        damage("UPDATE orc_run SET owner = 'nobody', incarnation = 1 WHERE id = ?", run);
        expectMended("owner", run);
        expectToEnd(run);
    }

    @Test
    public void aRunningRunOfNobodyIsTakenOver() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Semaphore mayEnd = new Semaphore(0);
        engine.offer(
                "slow",
                context -> {
                    began.countDown();
                    mayEnd.acquire();
                    return "slow";
                });
        engine.workflow("slow", w -> w.step("only").task("slow"));
        RunHandle run = engine.start("slow", Map.of());
        began.await();
        damage("UPDATE orc_run SET owner = 'nobody', incarnation = 1 WHERE id = ?", run.id());
        mayEnd.release(); // its result is refused: the run is nobody's
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        assertEquals(Set.of("owner " + run.id()), codes(check()));
        mayEnd.release();
        assertEquals(Repair.Outcome.MENDED, repair(true).get(0).outcome());
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
        expectClean();
    }

    @Test
    public void aRunThatIsAtWorkIsLeftAlone() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Semaphore mayEnd = new Semaphore(0);
        engine.offer(
                "slow",
                context -> {
                    began.countDown();
                    mayEnd.acquire();
                    return "slow";
                });
        engine.workflow("slow", w -> w.step("only").task("slow"));
        RunHandle run = engine.start("slow", Map.of());
        began.await();
        damage("UPDATE orc_run SET priority = 9 WHERE id = ?", run.id());
        assertEquals(Set.of("summary " + run.id()), codes(check()));
        List<Repair> repairs = repair(true);
        assertEquals(Repair.Outcome.REFUSED, repairs.get(0).outcome());
        assertTrue(repairs.get(0).message(), repairs.get(0).message().contains("at work"));
        mayEnd.release();
        assertEquals(RunStatus.COMPLETED, TestEngine.end(run).status());
        expectClean();
    }

    @Test
    public void messagesThatAnEndedRunLeftBehindGo() throws Exception {
        String run = ended();
        damage(
                "INSERT INTO orc_inbox (run, message_id, number, body) VALUES (?, 'm1', 1, ?)",
                run,
                new byte[] {1});
        damage("UPDATE orc_run SET inbox_tail = 1 WHERE id = ?", run);
        expectMended("inbox", run);
        assertEquals(
                null, read("SELECT body FROM orc_inbox WHERE run = ? AND message_id = 'm1'", run));
    }

    @Test
    public void anInboxThatCountsTooLowIsCountedAnew() throws Exception {
        String run = waiting();
        engine.manager.pauseWorkflow(run);
        engine.manager.resumeWorkflow(run);
        Await.until("the run to leave memory", () -> engine.engine.activeRuns() == 0);
        damage("UPDATE orc_run SET inbox_tail = 0 WHERE id = ?", run);
        expectMended("inbox", run);
        assertEquals(
                2L,
                ((Number) read("SELECT inbox_tail FROM orc_run WHERE id = ?", run)).longValue());
        assertTrue(engine.manager.pauseWorkflow(run).accepted());
    }

    @Test
    public void whatARunIsFoundByIsRebuilt() throws Exception {
        String run = waiting();
        damage("DELETE FROM orc_wait WHERE run = ?", run);
        expectMended("index", run);
        damage("DELETE FROM orc_label WHERE run = ?", run);
        expectMended("index", run);
        damage("INSERT INTO orc_wait (wait_key, run) VALUES ('x', ?)", run);
        expectMended("index", run);
        damage("INSERT INTO orc_label (label, run) VALUES ('x', ?)", run);
        expectMended("index", run);
        damage("UPDATE orc_run SET finished = 1 WHERE id = ?", run);
        expectMended("index", run);
        expectToEnd(run);
    }

    @Test
    public void aStartKeyOfNoRunIsFreed() throws Exception {
        ended();
        damage(
                "INSERT INTO orc_start_key (workflow, start_key, run, input_hash) VALUES ('done', 'k', 'gone', 'h')");
        expectMended("start-key", "gone");
    }

    @Test
    public void rowsOfNoRunAreRemoved() throws Exception {
        ended();
        damage("INSERT INTO orc_wait (wait_key, run) VALUES ('x', 'gone')");
        damage("INSERT INTO orc_label (label, run) VALUES ('x', 'gone')");
        damage("INSERT INTO orc_log_count (run, total) VALUES ('gone', 3)");
        damage(
                "INSERT INTO orc_inbox (run, message_id, number, body) VALUES ('gone', 'm', 1, ?)",
                new byte[] {1});
        damage(
                "INSERT INTO orc_snapshot (run, seq, version, state) VALUES ('gone', 1, 1, ?)",
                new byte[] {1});
        expectMended("stray", "gone");
    }

    @Test
    public void theJournalOfARunThatIsLostIsNamedAndKept() throws Exception {
        String run = ended();
        damage("DELETE FROM orc_run WHERE id = ?", run);
        assertEquals(Set.of("lost-run " + run), codes(check()));
        assertEquals(Repair.Outcome.REFUSED, repair(true).get(0).outcome());
        assertEquals(
                6L,
                ((Number) read("SELECT sum(entries) FROM orc_entry WHERE run = ?", run))
                        .longValue());
    }

    @Test
    public void aSnapshotNewerThanItsJournalIsDropped() throws Exception {
        String run = waiting();
        damage(
                "INSERT INTO orc_snapshot (run, seq, version, state) VALUES (?, 99, 1, ?)",
                run,
                new byte[] {1});
        expectMended("snapshot", run);
    }

    @Test
    public void severalKindsOfDamageAreToldApartWhileRunsGoOn() throws Exception {
        String gap = waiting();
        String status = waiting();
        String owner = waiting();
        String sound = waiting();
        damage("DELETE FROM orc_entry WHERE run = ? AND seq = 1", gap);
        damage("UPDATE orc_run SET status = 'PAUSED' WHERE id = ?", status);
        damage("UPDATE orc_run SET owner = 'nobody', incarnation = 4 WHERE id = ?", owner);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        Thread traffic =
                new Thread(
                        () -> {
                            while (!stop.get()) {
                                engine.run("done", Map.of("n", done.get()));
                                done.incrementAndGet();
                            }
                        },
                        "traffic");
        traffic.start();
        Set<String> expected = Set.of("journal-gap " + gap, "summary " + status, "owner " + owner);
        try {
            for (int i = 0; i < 5; i++) {
                int before = done.get();
                assertEquals(expected, codes(check()));
                Await.until("runs to go on", () -> done.get() > before);
            }
            repair(true);
            assertEquals(Set.of("journal-gap " + gap), codes(check()));
        } finally {
            stop.set(true);
            traffic.join();
        }
        expectToEnd(sound);
        expectToEnd(status);
        expectToEnd(owner);
    }

    @Test
    public void runsThatMoveAreNotReported() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        engine.offer(
                "moody",
                context -> {
                    if (tries.incrementAndGet() % 3 != 0) {
                        throw new IllegalStateException("not now");
                    }
                    return List.of(1, 2, 3);
                });
        engine.workflow(
                "moves",
                w -> {
                    w.step("first").task("moody").retry(1000, Duration.ofMillis(1));
                    w.step("each")
                            .task("echo")
                            .after("first")
                            .forEach("first")
                            .input("n", "${item}");
                    w.step("last").task("echo").after("each");
                });
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<Thread> traffic = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                while (!stop.get()) {
                                    engine.run("moves", Map.of());
                                    done.incrementAndGet();
                                }
                            },
                            "traffic-" + i);
            thread.start();
            traffic.add(thread);
        }
        try {
            for (int i = 0; i < 10; i++) {
                int before = done.get();
                expectClean();
                assertEquals(List.of(), repair(true));
                Await.until("runs to go on", () -> done.get() > before);
            }
        } finally {
            stop.set(true);
            for (Thread thread : traffic) {
                thread.join();
            }
        }
        expectClean();
    }

    @Test
    public void cleanupDeletesWhatEndedAndReportsWhatStandsStill() {
        String old = ended();
        String still = waiting();
        List<CleanedRun> cleaned = new ArrayList<>();
        CleanupOptions options = CleanupOptions.none().olderThan(Duration.ZERO);
        assertEquals(1, engine.maintenance.cleanupStaleWorkflows(options, cleaned::add));
        assertEquals(old, cleaned.get(0).runId());
        assertFalse(cleaned.get(0).isDone());
        assertTrue("a dry run", engine.manager.getWorkflowStatus(old).isPresent());
        assertEquals(
                0,
                engine.maintenance.cleanupStaleWorkflows(
                        options.status(RunStatus.FAILED).apply(), cleaned::add));
        assertEquals(
                0,
                engine.maintenance.cleanupStaleWorkflows(
                        CleanupOptions.none().olderThan(Duration.ofDays(1)).apply(), cleaned::add));
        assertEquals(1, engine.maintenance.cleanupStaleWorkflows(options.apply(), cleaned::add));
        assertTrue(cleaned.get(1).isDone());
        assertTrue(engine.manager.getWorkflowStatus(old).isEmpty());

        cleaned.clear();
        CleanupOptions stale = CleanupOptions.none().staleAfter(Duration.ZERO);
        engine.maintenance.cleanupStaleWorkflows(stale, cleaned::add);
        assertEquals("report", cleaned.get(0).action());
        assertEquals(still, cleaned.get(0).runId());
        engine.maintenance.cleanupStaleWorkflows(stale.cancelStale(), cleaned::add);
        assertFalse(cleaned.get(1).isDone());
        engine.maintenance.cleanupStaleWorkflows(stale.cancelStale().apply(), cleaned::add);
        assertTrue(cleaned.get(2).message(), cleaned.get(2).isDone());
        Await.until(
                "the run to be cancelled",
                () ->
                        engine.manager.getWorkflowStatus(still).orElseThrow().status()
                                == RunStatus.CANCELLED);
        expectClean();
    }

    @Test
    public void theNodesAreListedWithTheirLeasesAndRuns() throws Exception {
        backend.enter("node-b", Duration.ofMinutes(10));
        List<NodeInfo> nodes = engine.maintenance.nodes();
        assertEquals(2, nodes.size());
        assertEquals("node-a", nodes.get(0).id());
        assertTrue(nodes.get(0).isThis());
        assertEquals(0, nodes.get(0).runs().orElseThrow());
        assertFalse(nodes.get(1).isThis());
        assertFalse(nodes.get(1).isExpired());
        assertEquals(
                Duration.ofMinutes(10),
                Duration.between(
                        nodes.get(1).renewed().orElseThrow(),
                        nodes.get(1).leaseUntil().orElseThrow()));
    }
}
