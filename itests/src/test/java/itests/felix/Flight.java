package itests.felix;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.TaskContext;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;

/** Runs of three steps, whose second step is at work and goes on when it is let go. */
final class Flight {
    private final Platform platform;
    private final String workflow;
    private final CountDownLatch atWork;
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicInteger bodies = new AtomicInteger();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<RunHandle> runs = new ArrayList<>();

    private Flight(Platform platform, String workflow, int runs) {
        this.platform = platform;
        this.workflow = workflow;
        this.atWork = new CountDownLatch(runs);
    }

    /** Starts runs, and waits until each is in its second step. */
    static Flight of(Platform platform, String workflow, int runs) throws InterruptedException {
        Flight flight = new Flight(platform, workflow, runs);
        platform.workflow(
                workflow,
                builder -> {
                    builder.addTask("before", c -> 1);
                    builder.addTask("during", flight::during);
                    builder.addTask("later", c -> c.output("during", Integer.class).orElseThrow());
                    builder.step("during").after("before");
                    builder.step("later").after("during");
                });
        for (int i = 0; i < runs; i++) {
            flight.runs.add(platform.start(workflow));
        }
        Await.zero("the second step of each run", flight.atWork);
        return flight;
    }

    private Object during(TaskContext context) throws InterruptedException {
        atWork.countDown();
        letGo.await();
        bodies.incrementAndGet();
        keys.add(context.idempotencyKey());
        return context.output("before", Integer.class).orElseThrow() + 1;
    }

    String workflow() {
        return workflow;
    }

    void letGo() {
        letGo.countDown();
    }

    /** Whether the end of some run is known. */
    boolean anyEnded() {
        return runs.stream().anyMatch(run -> run.result().toCompletableFuture().isDone());
    }

    /** Every run completes, with one result for each step, for which its body ran once. */
    void assertLands() throws InterruptedException {
        for (RunHandle run : runs) {
            RunDetails end = Platform.end(run);
            assertEquals(RunStatus.COMPLETED, end.status());
            assertEquals(2L, ((Number) end.output("later").orElseThrow()).longValue());
            new Journal(platform.state(), run.id()).assertOneResultOf("before", "during", "later");
        }
        assertEquals("bodies", keys.size(), bodies.get());
    }
}
