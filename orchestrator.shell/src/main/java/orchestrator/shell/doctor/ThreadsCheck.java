package orchestrator.shell.doctor;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Threads that a version of a plugin has left behind: they keep its classes in memory, and go on doing what they do.
 * Known are those whose class, Runnable, handler of exceptions or context class loader is the plugin's. A thread of a
 * library's pool that does nothing for the plugin at the moment, and was not made by a task, is not known.
 */
final class ThreadsCheck extends Check {
    private static final int NAMED = 5;
    private static final String OURS = "orchestrator-task";

    ThreadsCheck() {
        super("threads");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        if (there.context() == null) {
            return List.of();
        }
        Map<String, List<String>> leaks = new TreeMap<>();
        Map<String, List<String>> bodies = new TreeMap<>();
        Thread.getAllStackTraces()
                .forEach(
                        (thread, stack) ->
                                plugin(thread)
                                        .ifPresent(
                                                plugin ->
                                                        (thread.getName().startsWith(OURS)
                                                                        ? bodies
                                                                        : leaks)
                                                                .computeIfAbsent(
                                                                        plugin,
                                                                        p -> new ArrayList<>())
                                                                .add(text(thread, stack))));
        List<Trouble> all = new ArrayList<>();
        leaks.forEach((plugin, threads) -> all.add(leak(plugin, threads)));
        bodies.forEach((plugin, threads) -> all.add(body(plugin, threads)));
        return all;
    }

    private Trouble leak(String plugin, List<String> threads) {
        return warning(
                "%s left behind by %s: its classes stay in memory."
                        .formatted(some(threads, "was", "were"), plugin),
                "Let the plugin stop what it starts in its @Deactivate method (or BundleActivator.stop): interrupt the thread and wait for its end, shut executors and timers down. What is left now ends with the process.");
    }

    private Trouble body(String plugin, List<String> threads) {
        return warning(
                "%s still busy for %s: the body of a task ignores its interrupt."
                        .formatted(some(threads, "is", "are"), plugin),
                "Let the task end when its thread is interrupted or TaskContext.isCancelled() is true; the thread ends when the body returns.");
    }

    private static String some(List<String> threads, String one, String many) {
        List<String> sorted = threads.stream().sorted().limit(NAMED).toList();
        int more = threads.size() - sorted.size();
        return "Thread%s %s%s %s"
                .formatted(
                        threads.size() == 1 ? "" : "s",
                        String.join(", ", sorted),
                        more > 0 ? " and %d more".formatted(more) : "",
                        threads.size() == 1 ? one : many);
    }

    /** Its name, and where it is in code that is not Java's own. */
    private static String text(Thread thread, StackTraceElement... stack) {
        return Stream.of(stack)
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .filter(frame -> !frame.getClassName().startsWith("jdk."))
                .findFirst()
                .map(
                        frame ->
                                "'%s' (in %s.%s)"
                                        .formatted(
                                                thread.getName(),
                                                frame.getClassName(),
                                                frame.getMethodName()))
                .orElse("'%s'".formatted(thread.getName()));
    }

    private static Optional<String> plugin(Thread thread) {
        return Stream.of(thread, work(thread), thread.getUncaughtExceptionHandler())
                .filter(object -> object != null)
                .map(object -> object.getClass().getClassLoader())
                .map(Departed::plugin)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Departed.plugin(thread.getContextClassLoader()));
    }

    /** What the thread was given to run, if Java lets itself be asked (Karaf opens java.lang); else null. */
    private static Object work(Thread thread) {
        Object holder = field(Thread.class, "holder", thread); // since Java 19
        return holder == null
                ? field(Thread.class, "target", thread)
                : field(holder.getClass(), "task", holder);
    }

    private static Object field(Class<?> type, String name, Object object) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // this Java has no such field, or does not open it
        }
    }
}
