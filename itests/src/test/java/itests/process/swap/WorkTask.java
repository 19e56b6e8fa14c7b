package itests.process.swap;

import java.time.Duration;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;

/**
 * A task that takes its time and tells the version of its bundle. Of the runs' first steps one in a hundred takes longer,
 * and one in five hundred does not heed its interrupt at the first attempt, for longer than the drain time.
 */
final class WorkTask implements Task {
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration STUBBORN = Duration.ofSeconds(7);

    private final String version;

    WorkTask(String version) {
        this.version = version;
    }

    @Override
    public Object execute(TaskContext context) throws InterruptedException {
        long n = context.input("n", Long.class);
        boolean first = context.step().equals("first");
        if (first && context.attempt() == 1 && n % 500 == 499) {
            ignoreInterrupts(STUBBORN);
        } else if (first && n % 100 == 50) {
            Thread.sleep(SLOW.toMillis());
        } else {
            Thread.sleep(context.input("millis", Long.class));
        }
        return Map.of("n", n, "version", version);
    }

    private static void ignoreInterrupts(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            try {
                Thread.sleep(Duration.ofNanos(left).toMillis() + 1);
            } catch (InterruptedException e) {
                // That is what it is here for.
            }
        }
    }
}
