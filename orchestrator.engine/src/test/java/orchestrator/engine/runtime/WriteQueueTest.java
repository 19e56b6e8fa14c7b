package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.After;
import org.junit.Test;

/** Who takes what from the queue of writes. */
public class WriteQueueTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Future<List<Work>> taken;

    private record Work(int number, long bytes, String runId) implements WriteQueue.Write {
        Work(int number, long bytes) {
            this(number, bytes, "run-" + number);
        }
    }

    @After
    public void stop() {
        threads.shutdownNow();
    }

    @Test
    public void theFirstWriterTakesWhateverIsThereInOrder() throws InterruptedException {
        WriteQueue<Work> queue = new WriteQueue<>(10, LONG, System::nanoTime);
        add(queue, 0, 3);
        assertEquals(List.of(0, 1, 2), numbers(queue.takeSome()));
    }

    @Test
    public void aBatchIsBoundedByNumberAndBySize() throws InterruptedException {
        WriteQueue<Work> queue = new WriteQueue<>(2, LONG, System::nanoTime);
        add(queue, 0, 3);
        assertEquals(List.of(0, 1), numbers(queue.takeSome()));
        queue.add(new Work(3, 16L << 20));
        queue.add(new Work(4, 1));
        assertEquals(List.of(2, 3), numbers(queue.takeSome()));
        queue.add(new Work(5, 16L << 20));
        assertEquals(List.of(4, 5), numbers(queue.takeSome()));
    }

    @Test
    public void noRunIsTwiceInABatch() throws InterruptedException {
        WriteQueue<Work> queue = new WriteQueue<>(10, LONG, System::nanoTime);
        queue.add(new Work(0, 1, "a"));
        queue.add(new Work(1, 1, "b"));
        queue.add(new Work(2, 1, "a"));
        queue.add(new Work(3, 1, "c"));
        assertEquals(List.of(0, 1), numbers(queue.takeSome()));
        assertEquals(List.of(2, 3), numbers(queue.takeSome()));
    }

    @Test
    public void theOthersWaitUntilThereIsMuch() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(1000, LONG, System::nanoTime);
        add(queue, 0, WriteQueue.MANY - 1);
        CountDownLatch began = new CountDownLatch(1);
        Future<List<Work>> other =
                threads.submit(
                        () -> {
                            began.countDown();
                            return queue.takeOfMany();
                        });
        began.await();
        assertFalse(other.isDone());
        add(queue, WriteQueue.MANY - 1, 1);
        assertEquals(WriteQueue.MANY, other.get().size());
    }

    @Test
    public void theOthersTakeALittleThatHasWaitedForLong() throws InterruptedException {
        WriteQueue<Work> queue = new WriteQueue<>(1000, Duration.ZERO, System::nanoTime);
        add(queue, 0, 2);
        assertEquals(List.of(0, 1), numbers(queue.takeOfMany()));
    }

    @Test
    public void theOthersComeWhenPatienceEnds() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(1000, Duration.ofMillis(1), System::nanoTime);
        Future<List<Work>> other = threads.submit(queue::takeOfMany);
        add(queue, 0, 1);
        assertEquals(List.of(0), numbers(other.get()));
    }

    @Test
    public void nothingIsTakenTwice() throws InterruptedException, ExecutionException {
        WriteQueue<Work> queue = new WriteQueue<>(64, LONG, System::nanoTime);
        int count = 10_000;
        Future<Integer> first = threads.submit(() -> takeUntilEnd(queue));
        for (int i = 1; i <= count; i++) {
            queue.add(new Work(i, 1));
        }
        queue.add(new Work(0, 1));
        assertEquals(count, first.get().intValue());
        assertTrue(queue.takeAll().isEmpty());
    }

    @Test
    public void oneLeadsWhileNobodyWritesAndNothingWaits() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(10, LONG, System::nanoTime);
        assertTrue(queue.lead());
        assertFalse("one at a time", queue.lead());
        queue.follow();
        add(queue, 0, 1);
        assertFalse("not past what waits", queue.lead());
        assertEquals(List.of(0), numbers(queue.takeSome()));
        assertFalse("not while the first writer writes", queue.lead());
        Future<List<Work>> next = threads.submit(queue::takeSome); // it has come back
        while (!queue.lead()) {
            Thread.onSpinWait();
        }
        queue.follow();
        add(queue, 1, 1);
        assertEquals(List.of(1), numbers(next.get()));
    }

    @Test
    public void nobodyLeadsWhereWritesComeInCompany() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(10, LONG, System::nanoTime);
        add(queue, 0, 4);
        assertEquals(4, queue.takeSome().size());
        assertFalse("the other three are about to come", comeBack(queue).lead());
        add(queue, 4, 1);
        taken.get();
        assertTrue("the last one came alone", comeBack(queue).lead());
    }

    /** The first writer, on a thread of its own, has come back for more. */
    private WriteQueue<Work> comeBack(WriteQueue<Work> queue) {
        FutureTask<List<Work>> take = new FutureTask<>(queue::takeSome);
        Thread writer = new Thread(take);
        writer.setDaemon(true);
        writer.start();
        while (writer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        taken = take;
        return queue;
    }

    @Test
    public void whatComesWhileOneLeadsIsWrittenTogetherAfterIt() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(10, LONG, System::nanoTime);
        assertTrue(queue.lead());
        Future<List<Work>> first = threads.submit(queue::takeSome);
        add(queue, 0, 3);
        queue.follow();
        assertEquals(List.of(0, 1, 2), numbers(first.get()));
    }

    @Test
    public void theOthersDoNotWaitForOneWhoLeadsForLong() throws Exception {
        WriteQueue<Work> queue = new WriteQueue<>(10, Duration.ofMillis(1), System::nanoTime);
        assertTrue(queue.lead());
        Future<List<Work>> other = threads.submit(queue::takeOfMany);
        add(queue, 0, 1);
        assertEquals(List.of(0), numbers(other.get()));
    }

    @Test
    public void allThatWaitsIsTakenHoweverMuchItIs() {
        WriteQueue<Work> queue = new WriteQueue<>(2, LONG, System::nanoTime);
        add(queue, 1, 5);
        assertEquals(List.of(1, 2, 3, 4, 5), numbers(queue.takeAll()));
        assertTrue(queue.takeAll().isEmpty());
    }

    private static int takeUntilEnd(WriteQueue<Work> queue) throws InterruptedException {
        int taken = 0;
        while (true) {
            for (Work work : queue.takeSome()) {
                if (work.number == 0) {
                    return taken;
                }
                taken++;
                assertEquals(taken, work.number);
            }
        }
    }

    private static void add(WriteQueue<Work> queue, int from, int count) {
        for (int i = 0; i < count; i++) {
            queue.add(new Work(from + i, 1));
        }
    }

    private static List<Integer> numbers(List<Work> works) {
        return works.stream().map(Work::number).toList();
    }
}
