package itests.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.SummaryPage;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Step;

/** What must hold of everything in the store, whatever happened: each breach is a loss, told in a sentence. */
final class Checker {
    /** Entries bear the store's time as the node knows it, late by what its last look took. */
    private static final Duration LAG = Duration.ofSeconds(1);

    /**
     * A process may be stopped at the very moment between the question whether a body may begin and its beginning. Nobody
     * can prevent that; it is rare.
     */
    private static final int MOST_LATE = 3;

    private final StateBackend store;
    private final FactCodec codec = new FactCodec();
    private final GraphCompiler compiler = new GraphCompiler();
    private final Map<String, Graph> graphs = new HashMap<>();
    private final List<String> losses = new ArrayList<>();
    private final Set<String> checked = new HashSet<>();
    private Set<String> stopped = Set.of();
    private Set<String> givenUp = Set.of();
    private int late;

    Checker(StateBackend store) {
        this.store = store;
    }

    /** Every run in the store. */
    List<RunSummary> all() {
        List<RunSummary> all = new ArrayList<>();
        RunQuery query = RunQuery.all(1000);
        while (query != null) {
            SummaryPage page = store.find(query);
            all.addAll(page.runs());
            query =
                    page.next()
                            .map(
                                    next ->
                                            new RunQuery(
                                                    null, null, Set.of(), null, null, Map.of(),
                                                    next, 1000))
                            .orElse(null);
        }
        return all;
    }

    /**
     * Looks at everything that ended since the last time.
     *
     * @param cluster knows which runs were damaged, and which nodes stood still
     * @return what was lost
     */
    List<String> check(Ledger ledger, Cluster cluster, Path bodies)
            throws IOException, SQLException {
        stopped = cluster.stopped();
        late = 0;
        givenUp = cluster.givenUp();
        check(ledger, cluster.damaged(), bodies);
        expect(
                late <= MOST_LATE,
                "%d bodies began on nodes %s after their result was recorded"
                        .formatted(late, stopped));
        long old =
                cluster.server()
                        .ask(
                                "SELECT count(*) FROM (SELECT epoch < lag(epoch) OVER (PARTITION BY run"
                                        + " ORDER BY seq) AS late FROM orc_entry) e WHERE late");
        expect(old == 0, "%d entries of an older epoch after those of a newer one".formatted(old));
        return List.copyOf(losses);
    }

    /** The same on any store. */
    List<String> check(Ledger ledger, Set<String> damaged, Path bodies) throws IOException {
        losses.clear();
        List<RunSummary> all = all();
        checkStarts(ledger, all);
        Map<String, List<BodyLog.Begun>> begun =
                BodyLog.read(bodies).stream().collect(Collectors.groupingBy(BodyLog.Begun::run));
        for (RunSummary summary : all) {
            if (damaged.contains(summary.id())) {
                checkQuarantined(summary);
            } else if (checked.add(summary.id())) {
                checkRun(summary, ledger, begun.getOrDefault(summary.id(), List.of()));
            }
        }
        return List.copyOf(losses);
    }

    private void expect(boolean holds, String loss) {
        if (!holds) {
            losses.add(loss);
        }
    }

    private void checkStarts(Ledger ledger, List<RunSummary> all) {
        Map<String, List<String>> byTag =
                all.stream()
                        .filter(s -> s.parent() == null)
                        .collect(
                                Collectors.groupingBy(
                                        s -> s.labels().get(CrashNode.TAG),
                                        Collectors.mapping(RunSummary::id, Collectors.toList())));
        ledger.accepted()
                .forEach(
                        (tag, run) ->
                                expect(
                                        List.of(run).equals(byTag.get(tag)),
                                        "start %s was acknowledged as run %s, but the store has %s"
                                                .formatted(tag, run, byTag.get(tag))));
        ledger.refused()
                .forEach(
                        (tag, why) -> {
                            boolean nothing = why.contains("Nothing was accepted");
                            boolean doubt = why.contains("it goes on if it was stored");
                            expect(
                                    nothing || doubt,
                                    "start %s got an unclear error: %s".formatted(tag, why));
                            expect(
                                    !nothing || !byTag.containsKey(tag),
                                    "start %s was refused (%s), but the store has run %s"
                                            .formatted(tag, why, byTag.get(tag)));
                        });
        byTag.forEach(
                (tag, runs) ->
                        expect(runs.size() == 1, "start %s became runs %s".formatted(tag, runs)));
    }

    private void checkQuarantined(RunSummary s) {
        if (givenUp.contains(s.id())) {
            boolean ended = s.status() == RunStatus.CANCELLED;
            expect(ended, "run %s was given up, but is %s".formatted(s.id(), s.status()));
            return;
        }
        expect(
                s.status() == RunStatus.WAITING
                        && s.reason() != null
                        && s.reason().code().equals("quarantined"),
                "damaged run %s is not quarantined, but %s (%s)"
                        .formatted(s.id(), s.status(), s.reason()));
    }

    private void checkRun(RunSummary s, Ledger ledger, List<BodyLog.Begun> begun) {
        boolean ended =
                s.status() == RunStatus.COMPLETED
                        || (s.status() == RunStatus.CANCELLED
                                && (ledger.isCancelled(s.id())
                                        || (s.parent() != null && ledger.isCancelled(s.parent()))));
        expect(
                ended,
                "run %s stands as %s: %s %s".formatted(s.id(), s.status(), s.reason(), s.error()));
        try {
            RunState state = new RunState(graph(s.definitionHash()));
            Map<String, Completion> completions = replay(s, state);
            checkSummary(s, state);
            checkBodies(s, completions, begun);
        } catch (RuntimeException e) {
            expect(false, "run %s cannot be replayed: %s".formatted(s.id(), e));
        }
    }

    private record Completion(int attempt, Instant at) {}

    private Map<String, Completion> replay(RunSummary s, RunState state) {
        Map<String, Completion> completions = new HashMap<>();
        Map<String, Completion> children = new HashMap<>();
        Set<String> done = new HashSet<>();
        long last = 0;
        long epoch = 0;
        for (Entry entry : journal(s.id())) {
            expect(
                    entry.sequence() == ++last,
                    "run %s has entry %d in place of %d".formatted(s.id(), entry.sequence(), last));
            Fact fact = codec.decode(entry);
            if (fact instanceof Fact.AttemptCompleted f) {
                boolean isBody = !state.graph().step(f.step()).isSubWorkflow();
                Completion other =
                        (isBody ? completions : children)
                                .put(
                                        f.step() + "/0/" + Math.max(0, f.item()),
                                        new Completion(f.attempt(), entry.at()));
                expect(other == null, "run %s has two results of %s".formatted(s.id(), f));
                if (f.item() == Fact.NO_ITEM) {
                    done.add(f.step());
                }
            } else if (fact instanceof Fact.FanOutCompleted f) {
                done.add(f.step());
            } else if (fact instanceof Fact.AttemptScheduled f) {
                Step step = state.graph().step(f.step());
                for (Step before : state.graph().steps()) {
                    boolean isBefore =
                            java.util.Arrays.stream(before.before())
                                    .anyMatch(next -> next == step.index());
                    expect(
                            !isBefore || done.contains(before.name()),
                            "run %s began %s before %s was done"
                                    .formatted(s.id(), f.step(), before.name()));
                }
            } else if (fact instanceof Fact.RunRecovered f) {
                expect(
                        f.epoch() > epoch,
                        "run %s was recovered with epoch %d after epoch %d"
                                .formatted(s.id(), f.epoch(), epoch));
                epoch = f.epoch();
            }
            state.apply(fact, entry.at());
        }
        return completions;
    }

    private void checkSummary(RunSummary s, RunState state) {
        RunSummary replayed = Summaries.of(s.id(), state, Instant.now());
        expect(
                replayed.status() == s.status()
                        && replayed.progress() == s.progress()
                        && Objects.equals(replayed.ended(), s.ended())
                        && Objects.equals(replayed.started(), s.started())
                        && Objects.equals(replayed.error(), s.error())
                        && replayed.labels().equals(s.labels()),
                "run %s is listed as %s, but its journal says %s".formatted(s.id(), s, replayed));
    }

    /** What has a result was done, and was not begun again once the result was recorded. */
    private void checkBodies(
            RunSummary s, Map<String, Completion> completions, List<BodyLog.Begun> begun) {
        Set<String> places = new HashSet<>();
        for (BodyLog.Begun body : begun) {
            String place = body.key().substring(s.id().length() + 1);
            places.add(place);
            Completion end = completions.get(place);
            boolean inTime =
                    end == null
                            || (body.attempt() <= end.attempt
                                    && body.at().isBefore(end.at.plus(LAG)));
            if (!inTime && stopped.contains(body.node())) {
                late++;
                continue;
            }
            expect(
                    inTime,
                    "run %s: %s began after its result was recorded as %s"
                            .formatted(s.id(), body, end));
        }
        expect(
                places.containsAll(completions.keySet()),
                "run %s has results of %s, but only %s began"
                        .formatted(s.id(), completions.keySet(), places));
    }

    private List<Entry> journal(String run) {
        List<Entry> all = new ArrayList<>();
        List<Entry> page = store.journal(run, 1, 1000);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.journal(run, all.get(all.size() - 1).sequence() + 1, 1000);
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private Graph graph(String hash) {
        return graphs.computeIfAbsent(
                hash,
                h ->
                        compiler.compile(
                                WorkflowDocument.of(
                                        (Map<String, Object>)
                                                Json.read(store.definition(h).orElseThrow()),
                                        SourceMap.NONE),
                                SourceMap.NONE));
    }
}
