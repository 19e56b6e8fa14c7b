package orchestrator.engine.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import orchestrator.api.run.StepChange;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** A run and another definition of its workflow: what differs, and what stands against it. Pure. */
public final class Migrating {
    /** What may still differ of a step that has begun. */
    private static final Set<String> LATE =
            Set.of(
                    "task",
                    "input",
                    "retry",
                    "timeout",
                    "queueTimeout",
                    "heartbeat",
                    "cache",
                    "bundle",
                    "concurrency",
                    "failedItems",
                    "compensate",
                    "description");

    private final RunState run;
    private final Graph to;
    private final List<StepChange> changes = new ArrayList<>();
    private List<String> differences = List.of();
    private final List<String> refusals = new ArrayList<>();
    private Payload input;

    /** How one step differs. */
    private record Change(String step, Kind kind, StepStatus status, List<String> details)
            implements StepChange {}

    /** Compares. */
    public Migrating(RunState run, Graph to) {
        this.run = run;
        this.to = to;
        if (run.isEnded()) {
            refusals.add("Expected a run that goes on, but it has ended as " + run.end());
        } else if (run.isEnding()) {
            refusals.add(
                    "Expected a run that goes forward, but it is about to end as "
                            + run.ending.to());
        } else if (!to.name().equals(run.graph().name())) {
            refusals.add(
                    "Expected a definition of '%s', but found one of '%s'"
                            .formatted(run.graph().name(), to.name()));
        } else if (to.document().hash().equals(run.graph().document().hash())) {
            refusals.add("Expected another definition, but the run has this one already");
        } else {
            compare();
        }
    }

    /** The steps that differ. */
    public List<StepChange> changes() {
        return List.copyOf(changes);
    }

    /** What differs of the workflow beside its steps. */
    public List<String> differences() {
        return differences;
    }

    /** Why it cannot be; empty if it can. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** The run's input as the other definition takes it; null if it does not. */
    Payload input() {
        return input;
    }

    /** The steps at which attempts are to be made anew, or that go. */
    List<StepState> restarted() {
        return changes.stream()
                .filter(change -> change.kind() != StepChange.Kind.ADDED)
                .map(change -> run.step(change.step()))
                .filter(Migrating::hasBegun)
                .toList();
    }

    private void compare() {
        differences = Differences.between(run.graph().document(), to.document());
        for (StepState step : run.steps()) {
            if (!step.step.isAside()) { // it has not begun, and is part of another in the document
                compare(step);
            }
        }
        for (String step : to.document().steps().keySet()) {
            if (run.graph().step(step) == null) {
                add(step, StepChange.Kind.ADDED, StepStatus.PENDING, List.of());
            }
        }
        try {
            input = Payload.of(Json.write(to.input().complete(run.inputValue())));
        } catch (IllegalArgumentException e) {
            refusals.add("The run's input does not suit the other definition: " + e.getMessage());
        }
    }

    private void compare(StepState step) {
        String name = step.step.name();
        boolean stays = to.step(name) != null;
        List<String> details =
                stays ? Differences.between(spec(run.graph(), name), spec(to, name)) : List.of();
        if (stays && details.isEmpty()) {
            return;
        }
        StepChange.Kind kind = stays ? StepChange.Kind.CHANGED : StepChange.Kind.REMOVED;
        add(name, kind, step.status, details);
        String what = stays ? String.join("; ", details) : "it is not there any more";
        if (step.status.isFinal()) {
            refusals.add(
                    "Expected finished steps as they are, but step '%s' (%s) differs: %s"
                            .formatted(name, step.status, what));
        } else if (hasBegun(step)) {
            checkBegun(step, stays, details);
        }
    }

    private void checkBegun(StepState step, boolean stays, List<String> details) {
        String name = step.step.name();
        if (step.step.isSubWorkflow() && hasScheduled(step)) {
            refusals.add(
                    "Expected no run of step '%s' in progress, but there is one: migrate when it has ended"
                            .formatted(name));
        } else if (stays && step.step.isWait()) {
            refusals.add(
                    "Expected step '%s' as it is, since it has begun to wait, but found %s"
                            .formatted(name, String.join("; ", details)));
        } else if (stays) {
            details.stream()
                    .filter(detail -> !LATE.contains(detail.substring(0, detail.indexOf(':'))))
                    .forEach(
                            detail ->
                                    refusals.add(
                                            "Expected step '%s', which has begun, to differ in %s only, but found %s"
                                                    .formatted(
                                                            name,
                                                            String.join(", ", new TreeSet<>(LATE)),
                                                            detail)));
        }
    }

    private static boolean hasBegun(StepState step) {
        return !step.status.isFinal() && (step.status != StepStatus.PENDING || step.items != null);
    }

    private static boolean hasScheduled(StepState step) {
        boolean any = !step.isWaiting() && step.cell.stage == Cell.Stage.SCHEDULED;
        for (int i = 0; i < step.next; i++) {
            any |= !step.isWaiting() && step.items[i].stage == Cell.Stage.SCHEDULED;
        }
        return any;
    }

    /** What a document says of a step, however it writes what the step comes after. */
    private static Map<String, Object> spec(Graph graph, String step) {
        Map<String, Object> spec = new LinkedHashMap<>(graph.document().steps().get(step));
        spec.remove("after");
        Set<String> after = new TreeSet<>(graph.document().after(step));
        if (!after.isEmpty()) {
            spec.put("after", after);
        }
        return spec;
    }

    private void add(String step, StepChange.Kind kind, StepStatus status, List<String> details) {
        changes.add(new Change(step, kind, status, details));
    }
}
