package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.runtime.StartRequest;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Very many runs asleep on timers in the embedded database cost no heap, and are let in a few at a time when all of them
 * are due at a start. {@code -Dsleeping.runs=1000000 -Dsleeping.ends=0} for more than the usual 50,000, and how many of
 * them are to end.
 */
public class SleepingRunsTest {
    private static final int RUNS = Integer.getInteger("sleeping.runs", 50_000);
    private static final int ENDS = Integer.getInteger("sleeping.ends", 5_000);
    private static final int STARTS_AT_ONCE = 500;

    /** What one run would need in memory is many times more: its state, mailbox, journal. */
    private static final long MOST_BYTES_PER_RUN = 100;

    private final JumpingClock clock = new JumpingClock();
    private Path directory;
    private JdbcStateBackend store;

    @Before
    public void open() throws Exception {
        directory = Files.createTempDirectory("orchestrator-sleepers");
        store = SqliteStore.open(directory, 2, clock);
    }

    @After
    public void close() throws Exception {
        store.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    public void sleepingRunsCostNoHeapAndAreLetInAFewAtATime() throws Exception {
        TestEngine engine = new TestEngine(store);
        try {
            long few = sleep(engine, RUNS / 10);
            long many = sleep(engine, RUNS - RUNS / 10);
            long more = Math.max(0, many - few);
            System.getLogger("itests")
                    .log(
                            System.Logger.Level.INFO,
                            "{0} runs asleep: {1} KiB of heap; {2} of them: {3} KiB",
                            RUNS,
                            many >> 10,
                            RUNS / 10,
                            few >> 10);
            assertTrue(
                    "%,d bytes more for %,d runs more".formatted(more, RUNS - RUNS / 10),
                    more < MOST_BYTES_PER_RUN * (RUNS - RUNS / 10));
        } finally {
            engine.close();
        }
        if (ENDS > 0) {
            clock.jump(Duration.ofDays(2));
            wake();
        }
    }

    /** Starts so many runs, and waits until they are asleep; the heap that is then in use. */
    private long sleep(TestEngine engine, int runs) throws Exception {
        Graph graph =
                engine.engine
                        .compiler()
                        .compile(
                                WorkflowDocument.of(
                                        Map.of(
                                                "workflow",
                                                "sleeper",
                                                "steps",
                                                Map.of("nap", Map.of("wait", "1d"))),
                                        SourceMap.NONE),
                                SourceMap.NONE);
        Semaphore atOnce = new Semaphore(STARTS_AT_ONCE);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long before = engine.state.count().get(RunStatus.WAITING);
        for (int i = 0; i < runs; i++) {
            atOnce.acquire();
            CompletableFuture<?> started =
                    engine.engine.start(
                            graph,
                            StartRequest.of(
                                    graph,
                                    engine.engine.newRunId(),
                                    Payload.ofTree(Map.of()),
                                    null,
                                    null,
                                    0,
                                    Map.of()));
            CompletableFuture<?> unused =
                    started.whenComplete(
                            (created, e) -> {
                                failure.compareAndSet(null, e);
                                atOnce.release();
                            });
        }
        atOnce.acquire(STARTS_AT_ONCE);
        assertEquals(null, failure.get());
        Patiently.until(
                "all runs to be asleep",
                () ->
                        engine.engine.activeRuns() == 0
                                && engine.state.count().get(RunStatus.WAITING) == before + runs);
        return Heap.used();
    }

    /** All of them are due when a node starts: no more than it takes are in its memory at once. */
    private void wake() {
        TestEngine engine = new TestEngine(store);
        try {
            int[] most = {0};
            Patiently.until(
                    "runs to end",
                    () -> {
                        most[0] = Math.max(most[0], engine.engine.activeRuns());
                        return engine.state.count().get(RunStatus.COMPLETED) >= ENDS;
                    });
            assertTrue("at most 50 in memory, but " + most[0], most[0] <= TestEngine.LIMITS.runs());
        } finally {
            engine.close();
        }
    }
}
