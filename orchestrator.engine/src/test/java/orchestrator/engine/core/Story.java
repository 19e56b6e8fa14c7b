package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.service.Builder;

/** The story of a run: commands go in, facts come out, time passes when it is told to. */
final class Story {
    static final Retry THREE = new Retry(3, Duration.ZERO, 1, Duration.ofDays(1), 0);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final FactCodec CODEC = new FactCodec();

    final Graph graph; // the first
    private final List<Graph> later = new ArrayList<>();
    final RunState run;
    final List<Entry> journal = new ArrayList<>();
    Instant now = START;
    double roll;
    List<Fact> facts = List.of();
    String refused;

    Story(Graph graph, Map<String, Object> input) {
        this(graph, input, null);
    }

    Story(Graph graph, Map<String, Object> input, Fact.Parent parent) {
        this(graph, input, parent, null);
    }

    Story(Graph graph, Map<String, Object> input, Fact.Parent parent, Fact.Origin origin) {
        this(graph, input, parent, origin, null);
    }

    Story(
            Graph graph,
            Map<String, Object> input,
            Fact.Parent parent,
            Fact.Origin origin,
            Integer concurrency) {
        this.graph = graph;
        this.run = new RunState(graph);
        Decider decider = decider();
        decider.create(
                new Fact.RunCreated(
                        graph.name(),
                        graph.version(),
                        graph.document().hash(),
                        Payload.ofTree(input),
                        graph.timeout() == null ? null : now.plus(graph.timeout()),
                        0,
                        null,
                        Map.of(),
                        parent,
                        origin,
                        concurrency));
        take(decider);
    }

    static Graph graph(Consumer<WorkflowBuilder> describe) {
        Builder builder = new Builder("story", "1");
        describe.accept(builder);
        return new GraphCompiler().compile(builder.build(), builder.source());
    }

    /** A run of that workflow that has begun. */
    static Story of(Map<String, Object> input, Consumer<WorkflowBuilder> describe) {
        Story story = new Story(graph(describe), input);
        story.tell(new Command.Begin());
        return story;
    }

    /** A run that has begun and may have only so much in flight. */
    static Story limited(
            int concurrency, Map<String, Object> input, Consumer<WorkflowBuilder> describe) {
        Story story = new Story(graph(describe), input, null, null, concurrency);
        story.tell(new Command.Begin());
        return story;
    }

    /** A run that is the attempt of a step of another. */
    static Story child(Map<String, Object> input, Consumer<WorkflowBuilder> describe) {
        Fact.Parent parent = new Fact.Parent("above", "part", 3, 1, 1);
        Story story = new Story(graph(describe), input, parent);
        story.tell(new Command.Begin());
        return story;
    }

    static Story of(Consumer<WorkflowBuilder> describe) {
        return of(Map.of(), describe);
    }

    private Decider decider() {
        return new Decider(run, now, THREE, () -> roll);
    }

    private void take(Decider decider) {
        facts = List.copyOf(decider.facts());
        for (Fact fact : facts) {
            FactEntry live = new FactEntry(journal.size() + 1L, now, fact, CODEC);
            journal.add(Entry.of(live.sequence(), live.type(), live.version(), now, live.body()));
        }
    }

    Story tell(Command command) {
        Decider decider = decider();
        refused = decider.decide(command);
        take(decider);
        return this;
    }

    /** The run goes on with another definition. */
    Story migrate(Graph to) {
        later.add(to);
        return tell(new Command.Migrate(to.document().hash(), to));
    }

    List<Graph> graphs() {
        List<Graph> all = new ArrayList<>(List.of(graph));
        all.addAll(later);
        return all;
    }

    /** A run that has not begun keeps something of another. */
    Story keep(Fact kept) {
        Decider decider = decider();
        decider.keep(kept);
        take(decider);
        return this;
    }

    /** The run that tries the failed steps of this one again, before it begins. */
    Story again() {
        Fact.Origin origin = new Fact.Origin("before", run.terms().keysOf("before"), Map.of());
        Story again = new Story(graph, run.inputValue(), null, origin);
        new Rerun(run).kept().forEach(again::keep);
        return again;
    }

    Story pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    private Cell cell(String step, int item) {
        return run.step(step).cell(item);
    }

    Story complete(String step, Object output) {
        return complete(step, Fact.NO_ITEM, output);
    }

    Story complete(String step, int item, Object output) {
        int attempt = cell(step, item).attempt();
        return tell(new Command.CompleteAttempt(step, item, attempt, "1", Payload.ofTree(output)));
    }

    Story fail(String step, boolean retryable) {
        return fail(step, Fact.NO_ITEM, retryable);
    }

    Story fail(String step, int item, boolean retryable) {
        int attempt = cell(step, item).attempt();
        return tell(
                new Command.FailAttempt(step, item, attempt, "1", "broken", "it broke", retryable));
    }

    Story handBack(String step, int item) {
        return tell(new Command.HandBackAttempt(step, item, cell(step, item).attempt(), "it left"));
    }

    /** The run that the step's attempt is has completed. */
    Story childCompletes(String step, int item, Object output) {
        return childEnds(step, item, RunStatus.COMPLETED, Payload.ofTree(output), null);
    }

    Story childFails(String step, int item, String code) {
        return childEnds(step, item, RunStatus.FAILED, null, code);
    }

    Story childEnds(String step, int item, RunStatus status, Payload output, String code) {
        return tell(
                new Command.EndChild(
                        step,
                        item,
                        cell(step, item).attempt(),
                        "child",
                        status,
                        "2.0 (abc)",
                        output,
                        code,
                        code == null ? null : "it broke"));
    }

    Story start(String step) {
        return tell(
                new Command.StartAttempt(step, Fact.NO_ITEM, cell(step, Fact.NO_ITEM).attempt()));
    }

    /** The step that the newest fact begins. */
    String begunStep() {
        return ((Fact.AttemptScheduled) facts.get(facts.size() - 1)).step();
    }

    /** The types of the facts of the last command. */
    List<String> types() {
        return facts.stream().map(FactCodec::type).toList();
    }

    Summaries.Standing standing() {
        return Summaries.standing(run, now);
    }

    /** The state as the encoded journal tells it. */
    RunState replay() {
        RunState replayed = new RunState(graph);
        for (Entry entry : journal) {
            Fact fact = CODEC.decode(entry);
            if (fact instanceof Fact.RunMigrated migrated) {
                later.stream()
                        .filter(g -> g.document().hash().equals(migrated.definition()))
                        .forEach(replayed::prepare);
            }
            replayed.apply(fact, entry.at());
        }
        return replayed;
    }
}
