package orchestrator.engine.attempt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import orchestrator.api.definition.TaskReference;

/** The tasks on offer: an immutable snapshot that each change swaps. Thread safe. */
public final class TaskRegistry {
    private static final Comparator<TaskBinding> NEWEST_FIRST =
            Comparator.comparing(TaskBinding::version, TaskVersion.ORDER).reversed();

    private final AtomicReference<Map<String, List<TaskBinding>>> tasks =
            new AtomicReference<>(Map.of());
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Calls the listener with the name of each task that arrives. */
    public void onArrival(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Offers a task. */
    public void add(TaskBinding binding) {
        tasks.updateAndGet(
                old -> {
                    List<TaskBinding> list =
                            new ArrayList<>(old.getOrDefault(binding.name(), List.of()));
                    list.add(binding);
                    list.sort(NEWEST_FIRST);
                    return with(old, binding.name(), list);
                });
        listeners.forEach(listener -> listener.accept(binding.name()));
    }

    /** Offers a task no more; its attempts in progress go on. */
    public void remove(TaskBinding binding) {
        tasks.updateAndGet(
                old -> {
                    List<TaskBinding> list =
                            new ArrayList<>(old.getOrDefault(binding.name(), List.of()));
                    list.remove(binding);
                    return with(old, binding.name(), list);
                });
    }

    /** The newest version of a task that fits, or null if nobody offers one. */
    public TaskBinding newest(TaskReference wanted) {
        for (TaskBinding binding : tasks.get().getOrDefault(wanted.name(), List.of())) {
            if (wanted.accepts(binding.version())) {
                return binding;
            }
        }
        return null;
    }

    /** All tasks on offer, by name, newest first. */
    public List<TaskBinding> all() {
        return tasks.get().values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(TaskBinding::name).thenComparing(NEWEST_FIRST))
                .toList();
    }

    private static Map<String, List<TaskBinding>> with(
            Map<String, List<TaskBinding>> old, String name, List<TaskBinding> list) {
        Map<String, List<TaskBinding>> copy = new HashMap<>(old);
        if (list.isEmpty()) {
            copy.remove(name);
        } else {
            copy.put(name, List.copyOf(list));
        }
        return Map.copyOf(copy);
    }
}
