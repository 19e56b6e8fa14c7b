package orchestrator.testkit.patterns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.TaskContext;

/**
 * What the bodies of a test's tasks did, in order. {@code work} ends at once; {@code long} ends when the test says so. An
 * event names the body's input {@code name}, or its step if it has none. For one thread.
 */
final class Story {
    private final List<String> events = new ArrayList<>();
    private final Map<String, CompletableFuture<Object>> open = new HashMap<>();

    Object work(TaskContext context) {
        events.add(name(context));
        return context.input();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    Object longWork(TaskContext context) {
        String name = name(context);
        CompletableFuture<Object> result = new CompletableFuture<>();
        if (open.put(name, result) != null) {
            throw new IllegalStateException("Expected one body of " + name + ", but there are two");
        }
        events.add("begin " + name);
        context.onCancel(() -> cancel(name));
        return result;
    }

    private static String name(TaskContext context) {
        Object name = context.input().get("name");
        return name == null ? context.step() : String.valueOf(name);
    }

    private void cancel(String name) {
        CompletableFuture<Object> result = open.remove(name);
        if (result != null) {
            events.add("cancel " + name);
            result.cancel(false);
        }
    }

    void end(String name) {
        CompletableFuture<Object> result = open.remove(name);
        if (result == null) {
            throw new AssertionError("Expected %s in its body, but %s".formatted(name, events));
        }
        events.add("end " + name);
        result.complete(Map.of("name", name));
    }

    /** As {@link #news}, in alphabetical order: of what happens side by side no order is promised. */
    List<String> newsSorted() {
        return news().stream().sorted().toList();
    }

    /** What has happened since it was last asked for. */
    List<String> news() {
        List<String> news = List.copyOf(events);
        events.clear();
        return news;
    }
}
