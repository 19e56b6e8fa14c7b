package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.SummaryPage;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** What can be read of runs: journals, summaries, lists and counts. */
public class QueryContract extends StateTopic {
    /** For the suite. */
    public QueryContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void aJournalIsReadInPartsFromAnySequence() {
        create(run("r1").withEntries(50, true));
        List<Entry> part = backend.journal("r1", 21, 7);
        assertTrue("at least one", !part.isEmpty());
        assertTrue("at most the limit", part.size() <= 7);
        assertEquals(21, part.get(0).sequence());
        List<Long> all = new ArrayList<>();
        for (List<Entry> next = backend.journal("r1", 21, 7);
                !next.isEmpty();
                next = backend.journal("r1", all.get(all.size() - 1) + 1, 7)) {
            next.forEach(entry -> all.add(entry.sequence()));
        }
        assertEquals(30, all.size());
        assertEquals(50L, (long) all.get(29));
        assertEquals(1, backend.journal("r1", 1, 1).size());
    }

    @Test
    public void whatIsNotThereIsAnEmptyJournal() {
        createOwned("r1");
        assertEquals(List.of(), backend.journal("r1", 3, 10));
        assertEquals(List.of(), backend.journal("nowhere", 1, 10));
    }

    @Test
    public void summariesAreThoseOfTheRunsThatExist() {
        createOwned("r1");
        createOwned("r2");
        createOwned("r3");
        assertEquals(
                Set.of(run("r1").summary(), run("r3").summary()),
                Set.copyOf(backend.summaries(List.of("r3", "nowhere", "r1"))));
        assertEquals(List.of(), backend.summaries(List.of()));
        assertEquals(1, backend.summaries(List.of("r1", "r1")).size());
    }

    @Test
    public void manySummariesAreReadAtOnce() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add("r" + i);
        }
        backend.create(node, ids.stream().map(id -> run(id).withEntries(1, false)).toList());
        assertEquals(1000, backend.summaries(ids).size());
        assertEquals(1000, backend.find(RunQuery.all(1000)).runs().size());
    }

    @Test
    public void runsAreFoundNewestFirstThenByIdBackwards() {
        create(Runs.run("b", now).unowned());
        create(Runs.run("a", now.plusNanos(1000)).unowned());
        create(Runs.run("C", now).unowned());
        create(Runs.run("c", now).unowned());
        create(Runs.run("d", now.minusNanos(1000)).unowned());
        create(Runs.run("c-1", now).unowned());
        assertEquals(List.of("a", "c-1", "c", "b", "C", "d"), find(RunQuery.all(10)));
    }

    @Test
    public void pagesFollowEachOtherWithoutGapsOrRepetition() {
        for (int i = 0; i < 23; i++) {
            create(Runs.run("r" + i, now.plusSeconds(i / 5)).unowned());
        }
        List<String> expected = find(RunQuery.all(1000));
        List<String> all = new ArrayList<>();
        Optional<RunCursor> next = Optional.empty();
        int pages = 0;
        do {
            SummaryPage page = backend.find(after(next.orElse(null), 4));
            page.runs().forEach(run -> all.add(run.id()));
            next = page.next();
            pages++;
            create(Runs.run("new" + pages, now.plusSeconds(60)).unowned());
        } while (next.isPresent());
        assertEquals(expected, all);
        assertEquals(6, pages);
    }

    @Test
    public void theLastPageHasNoNextAlsoWhenItIsFull() {
        for (int i = 0; i < 6; i++) {
            create(run("r" + i).unowned());
        }
        assertTrue(backend.find(RunQuery.all(5)).next().isPresent());
        assertFalse(backend.find(RunQuery.all(6)).next().isPresent());
        assertFalse(backend.find(RunQuery.all(7)).next().isPresent());
        SummaryPage first = backend.find(RunQuery.all(3));
        SummaryPage second = backend.find(after(first.next().orElseThrow(), 3));
        assertEquals(3, second.runs().size());
        assertFalse(second.next().isPresent());
    }

    @Test
    public void nothingIsFoundInAnEmptyStore() {
        SummaryPage page = backend.find(RunQuery.all(10));
        assertEquals(List.of(), page.runs());
        assertFalse(page.next().isPresent());
    }

    @Test
    public void runsAreFoundByEachOfTheirProperties() {
        create(run("plain").unowned());
        create(run("system").kind(RunKind.SYSTEM).unowned());
        create(run("other").workflow("other").unowned());
        create(run("paused").status(RunStatus.PAUSED).reason(reason("pause", "")).unowned());
        create(run("slot").status(RunStatus.QUEUED).reason(reason("slot", "a")).unowned());
        create(run("task").status(RunStatus.WAITING).reason(reason("task", "a")).unowned());
        assertEquals(List.of("system"), find(kind(RunKind.SYSTEM)));
        assertEquals(5, find(kind(RunKind.USER)).size());
        assertEquals(List.of("other"), find(query("other", Set.of(), null, null)));
        assertEquals(List.of(), find(query("oth", Set.of(), null, null)));
        assertEquals(
                List.of("slot", "paused"),
                find(query(null, Set.of(RunStatus.PAUSED, RunStatus.QUEUED), null, null)));
        assertEquals(List.of("task"), find(query(null, Set.of(), "task", null)));
        assertEquals(List.of("task", "slot"), find(query(null, Set.of(), null, "a")));
        assertEquals(List.of("paused"), find(query(null, Set.of(), null, "")));
        assertEquals(List.of("slot"), find(query(null, Set.of(), "slot", "a")));
        assertEquals(
                List.of("slot"), find(query("contract", Set.of(RunStatus.QUEUED), "slot", "a")));
        assertEquals(List.of(), find(query("contract", Set.of(RunStatus.PAUSED), "slot", "a")));
    }

    @Test
    public void runsAreFoundByAllOfTheGivenLabels() {
        create(run("r1").label("a", "1").label("b", "2").unowned());
        create(run("r2").label("a", "1").unowned());
        create(run("r3").label("a", "2").unowned());
        create(run("r4").unowned());
        assertEquals(List.of("r2", "r1"), find(labels(Map.of("a", "1"))));
        assertEquals(List.of("r1"), find(labels(Map.of("a", "1", "b", "2"))));
        assertEquals(List.of(), find(labels(Map.of("a", "1", "b", "3"))));
        assertEquals(List.of(), find(labels(Map.of("1", "a"))));
    }

    @Test
    public void pagesOfAFilterHoldOnlyWhatFits() {
        for (int i = 0; i < 20; i++) {
            create(run("r" + (10 + i)).label("odd", String.valueOf(i % 2)).unowned());
        }
        RunQuery odd = new RunQuery(null, null, Set.of(), null, null, Map.of("odd", "1"), null, 6);
        SummaryPage first = backend.find(odd);
        assertEquals(List.of("r29", "r27", "r25", "r23", "r21", "r19"), names(first));
        SummaryPage second =
                backend.find(
                        new RunQuery(
                                null,
                                null,
                                Set.of(),
                                null,
                                null,
                                Map.of("odd", "1"),
                                first.next().orElseThrow(),
                                6));
        assertEquals(List.of("r17", "r15", "r13", "r11"), names(second));
        assertFalse(second.next().isPresent());
    }

    @Test
    public void aFilterSeesTheNewestSummary() {
        createOwned("r1");
        RunSummary waiting =
                run("r1").status(RunStatus.WAITING).reason(reason("task", "x")).summary();
        append(Appends.to("r1", 1, 2).summary(waiting).release());
        assertEquals(List.of(), find(query(null, Set.of(RunStatus.RUNNING), null, null)));
        assertEquals(List.of("r1"), find(query(null, Set.of(), "task", "x")));
        assertEquals(List.of(waiting), backend.find(RunQuery.all(1)).runs());
    }

    @Test
    public void runsAreFoundByTheRunThatStartedThem() {
        create(run("r1").unowned());
        create(run("r2").lineage("r1", null).unowned());
        create(run("r3").lineage("r1", null).status(RunStatus.QUEUED).unowned());
        create(run("r4").lineage("r2", null).unowned());
        create(run("r5").unowned());
        RunQuery all = RunQuery.all(100);
        assertEquals(List.of("r5", "r4", "r3", "r2", "r1"), find(all));
        assertEquals(List.of("r5", "r1"), find(all.withParent(RunQuery.NO_PARENT)));
        assertEquals(List.of("r3", "r2"), find(all.withParent("r1")));
        assertEquals(List.of(), find(all.withParent("r5")));
        assertEquals(
                List.of("r3"),
                find(query(null, Set.of(RunStatus.QUEUED), null, null).withParent("r1")));
        RunQuery one = after(null, 1).withParent("r1");
        SummaryPage first = backend.find(one);
        assertEquals(List.of("r3"), names(first));
        SummaryPage second = backend.find(after(first.next().orElseThrow(), 1).withParent("r1"));
        assertEquals(List.of("r2"), names(second));
        assertFalse(second.next().isPresent());
    }

    @Test
    public void userRunsAreCountedByStatus() {
        assertEquals(Map.of(), counted());
        createOwned("r1");
        createOwned("r2");
        create(run("r3").status(RunStatus.QUEUED).unowned());
        create(run("r3").status(RunStatus.QUEUED).unowned());
        create(run("s1").kind(RunKind.SYSTEM).owned());
        assertEquals(Map.of(RunStatus.RUNNING, 2L, RunStatus.QUEUED, 1L), counted());
        append(Appends.to("r1", 1, 2).summary(run("r1").status(RunStatus.PAUSED).summary()));
        RunSummary ended = run("r2").ended(RunStatus.FAILED, now).summary();
        append(Appends.to("r2", 1, 2).entries(1, now).summary(ended));
        append(Appends.to("s1", 1, 2).entries(1, now));
        assertEquals(
                Map.of(RunStatus.PAUSED, 1L, RunStatus.FAILED, 1L, RunStatus.QUEUED, 1L),
                counted());
        backend.delete(now.plusSeconds(1), Set.of(RunStatus.FAILED), now, 10);
        assertEquals(Map.of(RunStatus.PAUSED, 1L, RunStatus.QUEUED, 1L), counted());
    }

    private Map<RunStatus, Long> counted() {
        Map<RunStatus, Long> counts = new HashMap<>(backend.count());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private Reason reason(String code, String subject) {
        return new Reason(code, subject, now, null);
    }

    private static RunQuery kind(RunKind kind) {
        return new RunQuery(kind, null, Set.of(), null, null, Map.of(), null, 100);
    }

    private static RunQuery query(
            String workflow, Set<RunStatus> statuses, String code, String subject) {
        return new RunQuery(null, workflow, statuses, code, subject, Map.of(), null, 100);
    }

    private static RunQuery labels(Map<String, String> labels) {
        return new RunQuery(null, null, Set.of(), null, null, labels, null, 100);
    }

    private static RunQuery after(RunCursor cursor, int limit) {
        return new RunQuery(null, null, Set.of(), null, null, Map.of(), cursor, limit);
    }

    private List<String> find(RunQuery query) {
        return names(backend.find(query));
    }

    private static List<String> names(SummaryPage page) {
        return page.runs().stream().map(RunSummary::id).collect(Collectors.toList());
    }
}
