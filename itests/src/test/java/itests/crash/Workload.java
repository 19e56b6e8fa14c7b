package itests.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.WorkflowManager;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskRegistry;
import orchestrator.engine.attempt.TaskSource;

/** What the nodes have to do: a few shapes of graphs whose bodies take some milliseconds. */
final class Workload {
    static final List<String> WORKFLOWS =
            List.of("chain", "diamond", "fan", "retrying", "slow", "parent");
    private static final int ITEMS = 12;

    private Workload() {}

    static void offer(TaskRegistry registry, BodyLog log) {
        add(registry, "work", logged(log, c -> work(c, 20)));
        add(registry, "long", logged(log, c -> work(c, 600)));
        add(registry, "list", logged(log, c -> IntStream.range(0, ITEMS).boxed().toList()));
        add(registry, "flaky", logged(log, Workload::flaky));
    }

    private static void add(TaskRegistry registry, String name, Task task) {
        registry.add(
                new TaskBinding(
                        name,
                        "1.0",
                        "crash",
                        Workload.class.getClassLoader(),
                        TaskSource.of(task)));
    }

    private static Task logged(BodyLog log, Task task) {
        return context -> {
            log.begin(context);
            return task.execute(context);
        };
    }

    private static Object work(TaskContext context, long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return Map.of("key", context.idempotencyKey());
    }

    private static Object flaky(TaskContext context) throws TaskFailure {
        if (context.attempt() <= 2) {
            throw TaskFailure.retryable("flaky", "attempt " + context.attempt(), null);
        }
        return "done";
    }

    static void register(WorkflowManager manager) {
        register(manager, "chain", Workload::chain);
        register(manager, "diamond", Workload::diamond);
        register(manager, "fan", Workload::fan);
        register(manager, "parent", Workload::parent);
        register(
                manager,
                "retrying",
                w -> {
                    w.step("a").task("flaky").retry(3, Duration.ofMillis(300));
                    w.step("b").task("work").after("a");
                });
        register(
                manager,
                "slow",
                w -> {
                    w.step("a").task("long");
                    w.step("b").task("long").after("a");
                });
    }

    /** A step that is a run of its own, and four items that are; one that is lost is run anew. */
    private static void parent(WorkflowBuilder w) {
        w.step("list").task("list");
        w.step("sub").workflow("diamond").after("list").retry(3, Duration.ZERO);
        w.step("subs")
                .workflow("chain")
                .after("sub")
                .forEach("[1, 2, 3, 4]")
                .concurrency(2)
                .retry(3, Duration.ZERO);
        w.step("end").task("work").after("subs");
    }

    private static void chain(WorkflowBuilder w) {
        w.step("a").task("work");
        w.step("b").task("work").after("a");
        w.step("c").task("work").after("b");
        w.step("d").task("work").after("c");
    }

    private static void diamond(WorkflowBuilder w) {
        w.step("a").task("work");
        w.step("b").task("work").after("a");
        w.step("c").task("flaky").after("a");
        w.step("d").task("work").after("b", "c");
    }

    private static void fan(WorkflowBuilder w) {
        w.step("list").task("list");
        w.step("each")
                .task("work")
                .after("list")
                .forEach("list")
                .concurrency(4)
                .input("n", "${item}");
        w.step("end").task("work").after("each");
    }

    private static void register(
            WorkflowManager manager,
            String name,
            java.util.function.Consumer<WorkflowBuilder> describe) {
        WorkflowBuilder builder = manager.createWorkflow(name, "parallel");
        describe.accept(builder);
        manager.register(builder);
    }
}
