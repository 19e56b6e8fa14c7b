package orchestrator.engine.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.engine.attempt.TaskVersion;

/** The workflows that are registered now: an immutable snapshot that each change swaps. Thread safe. */
public final class WorkflowCatalog {
    private static final Comparator<RegisteredWorkflow> BY_NAME_NEWEST_FIRST =
            Comparator.comparing(RegisteredWorkflow::name)
                    .thenComparing(
                            Comparator.comparing(RegisteredWorkflow::version, TaskVersion.ORDER)
                                    .reversed())
                    .thenComparing(Comparator.comparing(RegisteredWorkflow::order).reversed());

    private final AtomicReference<List<RegisteredWorkflow>> workflows =
            new AtomicReference<>(List.of());

    private volatile Consumer<String> onArrival = name -> {};

    /** Is called with the name of each workflow that can be run from then on. */
    public void onArrival(Consumer<String> listener) {
        onArrival = listener;
    }

    /** Adds a workflow. */
    public void add(RegisteredWorkflow workflow) {
        workflows.updateAndGet(
                old -> {
                    List<RegisteredWorkflow> list = new ArrayList<>(old);
                    list.add(workflow);
                    list.sort(BY_NAME_NEWEST_FIRST);
                    return List.copyOf(list);
                });
        if (!workflow.isBroken()) {
            onArrival.accept(workflow.name());
        }
    }

    /** Takes a workflow away; runs that started with it go on. */
    public void remove(RegisteredWorkflow workflow) {
        workflows.updateAndGet(
                old -> old.stream().filter(w -> w.order() != workflow.order()).toList());
    }

    /** All, by name, newest first. */
    public List<RegisteredWorkflow> all() {
        return workflows.get();
    }

    /** The one that a start by name takes: the newest version that is not broken. */
    public Optional<RegisteredWorkflow> current(String name) {
        return workflows.get().stream()
                .filter(w -> w.name().equals(name) && !w.isBroken())
                .findFirst();
    }
}
