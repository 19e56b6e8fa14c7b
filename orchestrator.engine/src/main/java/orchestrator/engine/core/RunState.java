package orchestrator.engine.core;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;
import orchestrator.engine.graph.StepRules;

/**
 * What the entries of one journal add up to. {@link #apply} changes it in place; live running and replay share it. Only
 * its run's thread touches it, but for the outputs of steps, which any thread may read.
 */
public final class RunState {
    private volatile Graph graph;
    private volatile StepState[] steps;
    private final Map<String, Graph> prepared = new HashMap<>();
    private final Applier applier = new Applier(this);
    private final StepOutputs outputs = new StepOutputs(this);

    volatile Terms terms; // null until it is created
    Instant createdAt;
    Instant startedAt;
    Instant deadline;
    final Hold hold = new Hold();
    volatile Ending ending; // null unless it is to end and has something to do before
    End end; // null until the run has ended
    boolean closed; // it has ended, and nobody is to be told any more
    Payload output; // of the run, if it is recorded
    int openSteps;
    int inFlight; // cells with a scheduled attempt
    final Set<Integer> fanningOut =
            new LinkedHashSet<>(); // open fan-outs of a run with a limit, by place
    int endedSteps; // however they ended, those beside the graph too
    int scheduled; // cells with a scheduled attempt whose step does not wait
    final Delays delays = new Delays(); // those of them that have a time
    final Waits waits = new Waits();
    final Notes notes = new Notes();
    int children; // as scheduled, of the steps that run workflows
    final Delays childDelays = new Delays();
    Instant newsAt; // when the newest entry was decided
    final List<ChildId> strays = new ArrayList<>(); // children that the end of their step left over
    final Deque<Integer> ready =
            new ArrayDeque<>(); // steps that begin, or are skipped, next; by place
    final List<Integer> undo = new ArrayList<>(); // completed steps that can be undone, by place
    final List<String> notUndone = new ArrayList<>(); // those that could not be, and why
    final Work work = new Work();

    /** The state before the first entry. */
    public RunState(Graph graph) {
        this.graph = graph;
        this.steps = new StepState[graph.steps().size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new StepState(graph.steps().get(i));
        }
        for (Step step : graph.steps()) {
            this.openSteps += step.isAside() ? 0 : 1;
        }
        work.know(openSteps);
    }

    /** A definition that the next entries may name. */
    public void prepare(Graph other) {
        prepared.put(other.document().hash(), other);
    }

    /** The definition of that hash, prepared before; it is not kept. */
    Graph prepared(String hash) {
        Graph other = prepared.remove(hash);
        if (other == null) {
            throw new UnknownEntryException(
                    "Expected definition %s to be at hand, but it is not".formatted(hash));
        }
        return other;
    }

    void migrated(Graph to, StepState[] newSteps, Fact.RunMigrated fact) {
        terms = new Terms(terms.created(), fact);
        steps = newSteps;
        graph = to;
    }

    /** Takes one entry in. */
    public void apply(Fact fact, Instant at) {
        applier.apply(fact, at);
    }

    /** The definition. */
    public Graph graph() {
        return graph;
    }

    /** The state of a step by its place in the graph. */
    public StepState step(int index) {
        return steps[index];
    }

    /** The state of a step by name. */
    public StepState step(String name) {
        Step step = graph.step(name);
        if (step == null) {
            throw new UnknownEntryException(
                    "Expected a step of %s, but found '%s'".formatted(graph.name(), name));
        }
        return steps[step.index()];
    }

    /** What it was started with, and what has changed of it since; null before its first entry. */
    public Terms terms() {
        return terms;
    }

    /** How the run was created; null before its first entry. */
    public Fact.RunCreated created() {
        return terms == null ? null : terms.created();
    }

    /** When its first attempt was scheduled, or null. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When the newest entry was decided. */
    public Instant newsAt() {
        return newsAt;
    }

    /** When its time is up, or null; moved by pauses. */
    public Instant deadline() {
        return deadline;
    }

    /** Whether it has ended; others may still have to be told. */
    public boolean isEnded() {
        return end != null;
    }

    /** Whether it has ended and nothing more will happen. */
    public boolean isClosed() {
        return closed;
    }

    /** The status that it has ended with, or null. */
    public RunStatus end() {
        return end == null ? null : end.status();
    }

    /** How it has ended, or null. */
    public End ended() {
        return end;
    }

    /** What it gives now that it has completed; null before, and if it gives nothing. */
    public Payload output() {
        return end() == RunStatus.COMPLETED ? RunOutput.of(this) : null;
    }

    /** The next time at which something happens to it, or null; attempts have their own. */
    public Instant nextTime() {
        if (isHeld()) {
            return null;
        }
        Due next = waits.next();
        boolean first = next != null && (deadline == null || next.at().isBefore(deadline));
        return first ? next.at() : deadline;
    }

    /** Whether nothing but children is in flight: it does no work of its own. */
    public boolean isOnlyParent() {
        return end == null && scheduled == 0 && children > 0;
    }

    /** The runs that its steps are, as scheduled; those too that cannot begin yet. */
    public List<ChildId> children() {
        return new Scheduled(this).children();
    }

    /** Those of its children that were there when it was held the last time, and so were held with it. */
    public List<ChildId> childrenOfLastPause() {
        return children().stream()
                .filter(id -> steps[id.cell().step()].cell(id.cell().item()).pauses < hold.pauses())
                .toList();
    }

    /** The pieces of work of tasks whose attempt is scheduled, and whose step does not wait. */
    public List<CellId> pending() {
        return new Scheduled(this).pending();
    }

    /** The children that were in flight when the step that they belong to ended. */
    public List<ChildId> strays() {
        return List.copyOf(strays);
    }

    /** What keeps it from going on, if anything. */
    public Hold hold() {
        return hold;
    }

    /** Why it did not complete, or null. */
    public String error() {
        return end == null ? null : end.error();
    }

    /** What others have kept with it and said of it. */
    public Notes notes() {
        return notes;
    }

    /** What somebody said, or how much of its work is done, 0 to 100. */
    public int progress() {
        if (end() == RunStatus.COMPLETED) {
            return 100;
        }
        return notes.percent() >= 0 ? notes.percent() : work.percent();
    }

    /** The next step that begins, or is skipped; null if none is to. */
    StepState nextReady() {
        Integer next = ready.peek();
        return next == null ? null : steps[next];
    }

    /** Who has begun, or ended, is not to begin any more. */
    void trimReady() {
        while (!ready.isEmpty() && steps[ready.peek()].status != StepStatus.PENDING) {
            ready.remove();
        }
    }

    /** Whether it may have only so much in flight at once. */
    boolean isLimited() {
        return terms.concurrency() != null;
    }

    /** Whether it may have one more attempt in flight. */
    boolean hasRoom() {
        return !isLimited() || inFlight < terms.concurrency();
    }

    /** Whether nothing begins: something holds it, or it has ended. */
    public boolean isHeld() {
        return hold.isOn() || end != null;
    }

    /**
     * The output of a completed step: for a {@code forEach} the list of its items' outputs.
     *
     * @return null if it has none, or has nothing as output
     */
    public Object outputValue(String name) {
        return outputs.value(name);
    }

    /** What the steps have given, for expressions. */
    StepOutputs outputs() {
        return outputs;
    }

    /** The step that undoes what is undone next, or null. */
    StepState nextCompensation() {
        return undo.isEmpty()
                ? null
                : steps[steps[undo.get(undo.size() - 1)].step.rules().compensation()];
    }

    /**
     * Whether what a run has done that it has given up is to be undone: unless it is cancelled at once, or that run was
     * itself to undo a step.
     */
    public boolean isUndone(ChildId stray) {
        boolean atOnce = ending == null && end() == RunStatus.CANCELLED;
        boolean undoes =
                steps[stray.cell().step()].step.rules().compensates() != StepRules.NONE_THERE;
        return !atOnce && !undoes;
    }

    /** Whether it is to end without having completed, and has something to do before. */
    public boolean isEnding() {
        return ending != null && end == null;
    }

    /** The value of the run's input. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> inputValue() {
        return (Map<String, Object>) terms.input().value();
    }

    /** The states of its steps, by their places in the graph. */
    StepState[] steps() {
        return steps;
    }
}
