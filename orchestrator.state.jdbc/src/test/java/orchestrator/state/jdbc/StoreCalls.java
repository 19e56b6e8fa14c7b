package orchestrator.state.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.Snapshot;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;

/** Every call of the contract, once or in its different forms, as an engine at work makes it. */
public final class StoreCalls {
    private static final int BATCH = 64;
    private final StateBackend backend;
    private final NodeLease node;
    private final ManyRuns runs;
    private final Instant now;

    /** On a store that holds many runs. */
    public StoreCalls(StateBackend backend, NodeLease node, ManyRuns runs, Instant now) {
        this.backend = backend;
        this.node = node;
        this.runs = runs;
        this.now = now;
    }

    /** What is called for every step of a run. */
    public Map<String, Runnable> hot() {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("create", () -> backend.create(node, fresh("a")));
        calls.put("create again", () -> backend.create(node, fresh("a")));
        calls.put("append", () -> backend.append(node, appends("a", 2, false)));
        calls.put("append again", () -> backend.append(node, appends("a", 2, false)));
        calls.put("post", () -> backend.post(posts()));
        calls.put("mail", () -> backend.mail(node));
        calls.put("append and release", () -> backend.append(node, appends("a", 3, true)));
        calls.put("journal", () -> backend.journal(runs.id(77), 1, 1000));
        calls.put("summaries", () -> backend.summaries(List.of(runs.id(7), runs.id(9), "none")));
        calls.put("heartbeat", () -> backend.heartbeat(node));
        calls.put("claim, what is the next", () -> backend.claim(node, 0, List.of()));
        calls.put("claim, by wait key", () -> backend.claim(node, 8, List.of("task:t1105")));
        calls.put("claim, due and of the dead", () -> backend.claim(node, 100, List.of()));
        calls.put("snapshot", () -> backend.snapshot(runs.id(5)));
        calls.put(
                "save snapshot",
                () -> backend.saveSnapshot(runs.id(5), new Snapshot(1, 1, new byte[9])));
        calls.put("definition", () -> backend.definition("sha256-workflow-1"));
        calls.put("log", () -> backend.log(runs.id(5), List.of(line()), 1000));
        calls.put("logs", () -> backend.logs(runs.id(5)));
        return calls;
    }

    /** What people and their screens ask for. */
    public Map<String, Runnable> lists() {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        Set<RunStatus> none = Set.of();
        Set<RunStatus> live = Set.of(RunStatus.RUNNING, RunStatus.WAITING, RunStatus.PAUSED);
        find(calls, "all", null, null, none, null, null, Map.of());
        find(calls, "user runs", RunKind.USER, null, none, null, null, Map.of());
        find(calls, "system runs", RunKind.SYSTEM, null, none, null, null, Map.of());
        find(calls, "workflow", RunKind.USER, "workflow-6", none, null, null, Map.of());
        find(calls, "no such workflow", RunKind.USER, "none", none, null, null, Map.of());
        find(calls, "live", RunKind.USER, null, live, null, null, Map.of());
        find(calls, "live, all", null, null, live, null, null, Map.of());
        find(calls, "paused, all", null, null, Set.of(RunStatus.PAUSED), null, null, Map.of());
        find(calls, "failed", RunKind.USER, null, Set.of(RunStatus.FAILED), null, null, Map.of());
        find(calls, "workflow, live", RunKind.USER, "workflow-3", live, null, null, Map.of());
        find(calls, "reason", null, null, none, "task", null, Map.of());
        find(calls, "no such reason", null, null, none, "none", null, Map.of());
        find(calls, "reason, subject", null, null, none, "task", "t1105", Map.of());
        find(calls, "subject", null, null, none, null, "t1105", Map.of());
        find(calls, "label of few", null, null, none, null, null, Map.of("tenant", "17"));
        Map<String, String> few = Map.of("tenant", "17");
        find(calls, "label of few, user", RunKind.USER, null, none, null, null, few);
        find(calls, "label of few, failed", null, null, Set.of(RunStatus.FAILED), null, null, few);
        find(calls, "label of all", null, null, none, null, null, Map.of("stage", "live"));
        find(calls, "label of none", null, null, none, null, null, Map.of("stage", "none"));
        find(calls, "label of all, live", null, null, live, null, null, Map.of("stage", "live"));
        calls.put(
                "find: a later page",
                () ->
                        backend.find(
                                new RunQuery(
                                        null,
                                        null,
                                        none,
                                        null,
                                        null,
                                        Map.of(),
                                        new RunCursor(now.minusSeconds(900), runs.id(5)),
                                        50)));
        calls.put("nodes", backend::nodes);
        return calls;
    }

    /** What looks at all runs, or deletes many. */
    public Map<String, Runnable> rare() {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("count", backend::count);
        calls.put("delete", () -> backend.delete(now, Set.of(RunStatus.FAILED), now, 100));
        calls.put("enter", () -> backend.enter("another", Duration.ofMinutes(1)));
        return calls;
    }

    private void find(
            Map<String, Runnable> calls,
            String name,
            RunKind kind,
            String workflow,
            Set<RunStatus> statuses,
            String code,
            String subject,
            Map<String, String> labels) {
        RunQuery query = new RunQuery(kind, workflow, statuses, code, subject, labels, null, 50);
        calls.put("find: " + name, () -> backend.find(query));
    }

    private List<NewRun> fresh(String prefix) {
        return IntStream.range(0, BATCH)
                .mapToObj(
                        i ->
                                Runs.run(prefix + i + ".new", now)
                                        .label("tenant", "new")
                                        .startKey(prefix + i, "hash")
                                        .owned())
                .toList();
    }

    private List<Append> appends(String prefix, long last, boolean release) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> append(prefix + i + ".new", last, release))
                .toList();
    }

    private Append append(String id, long last, boolean release) {
        Appends append = Appends.to(id, 1, last).entries(1, now).consumed(1L).seen(1);
        return (release
                        ? append.release()
                                .summary(
                                        Runs.run(id, now)
                                                .waitKeys("signal:x")
                                                .status(RunStatus.WAITING)
                                                .summary())
                        : append)
                .build();
    }

    private List<Post> posts() {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> new Post("a" + i + ".new", "m", new byte[9]))
                .toList();
    }

    private LogLine line() {
        return new LogLine(now, "INFO", "step", 1, "line");
    }
}
