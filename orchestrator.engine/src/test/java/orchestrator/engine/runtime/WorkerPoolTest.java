package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Test;

/** Work that blocks gets threads of its own; work that is short does not. */
public class WorkerPoolTest {
    private static final int SECONDS = 30;

    private final List<Thread> made = Collections.synchronizedList(new ArrayList<>());
    private final WorkerPool pool = new WorkerPool(this::newThread, Duration.ofSeconds(10));

    private Thread newThread(Runnable action) {
        Thread thread = new Thread(action, "worker");
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    @After
    public void close() {
        pool.close();
    }

    @Test
    public void workThatBlocksHoldsUpNoOther() throws Exception {
        CyclicBarrier together = new CyclicBarrier(51);
        for (int i = 0; i < 50; i++) {
            pool.execute(() -> await(together));
        }
        together.await(SECONDS, TimeUnit.SECONDS); // passes only if all 50 are in progress at once
        assertEquals(50, made.size());
    }

    @Test
    public void everyPieceOfWorkIsDoneOnceWhoeverHandsItOver() throws Exception {
        int givers = 8;
        int each = 20_000;
        int work = givers * each;
        AtomicInteger done = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(work);
        CyclicBarrier together = new CyclicBarrier(givers);
        for (int giver = 0; giver < givers; giver++) {
            newThread(
                            () -> {
                                await(together);
                                for (int i = 0; i < each; i++) {
                                    pool.execute(
                                            () -> {
                                                done.incrementAndGet();
                                                all.countDown();
                                            });
                                }
                            })
                    .start();
        }
        assertTrue("some work was lost", all.await(SECONDS, TimeUnit.SECONDS));
        assertEquals(work, done.get());
    }

    @Test
    public void whatTheLastActionHandsOverFollowsOnTheSameThread() throws Exception {
        BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
        AtomicReference<Thread> first = new AtomicReference<>();
        pool.execute(
                () -> {
                    first.set(Thread.currentThread());
                    pool.last(() -> pool.execute(() -> ran.add(Thread.currentThread())));
                });
        assertSame(ran.poll(SECONDS, TimeUnit.SECONDS), first.get());
        assertEquals(1, made.size());
    }

    @Test
    public void whatABodyHandsOverDoesNotWaitForIt() throws Exception {
        CountDownLatch followed = new CountDownLatch(1);
        BlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        pool.execute(
                () -> {
                    pool.execute(followed::countDown);
                    seen.add(await(followed)); // would be false if it were to follow here
                });
        assertTrue(seen.poll(2 * SECONDS, TimeUnit.SECONDS));
    }

    @Test
    public void aSecondPieceOfTheLastActionGoesToAnotherThread() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
        pool.execute(
                () ->
                        pool.last(
                                () -> {
                                    pool.execute(
                                            () -> {
                                                await(second); // blocks the thread it follows on
                                                ran.add(Thread.currentThread());
                                            });
                                    pool.execute(
                                            () -> {
                                                ran.add(Thread.currentThread());
                                                second.countDown();
                                            });
                                }));
        Thread one = ran.poll(SECONDS, TimeUnit.SECONDS);
        Thread other = ran.poll(SECONDS, TimeUnit.SECONDS);
        assertNotSame(one, other);
    }

    @Test
    public void anErrorEndsNoThread() throws Exception {
        pool.execute(
                () -> {
                    throw new AssertionError("thrown on purpose");
                });
        CountDownLatch next = new CountDownLatch(1);
        pool.execute(next::countDown);
        assertTrue(next.await(SECONDS, TimeUnit.SECONDS));
    }

    @Test
    public void closingInterruptsWorkAndEndsThreads() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        pool.execute(
                () -> {
                    begun.countDown();
                    if (!await(new CountDownLatch(1))) {
                        interrupted.countDown();
                    }
                });
        assertTrue(begun.await(SECONDS, TimeUnit.SECONDS));
        pool.close();
        assertTrue(interrupted.await(SECONDS, TimeUnit.SECONDS));
        pool.await(Duration.ofSeconds(SECONDS));
        assertFalse(made.get(0).isAlive());
    }

    @Test
    public void aThreadWithoutWorkEndsAndAnotherIsMadeWhenThereIsSome() throws Exception {
        WorkerPool hasty = new WorkerPool(this::newThread, Duration.ofMillis(1));
        CountDownLatch once = new CountDownLatch(1);
        hasty.execute(once::countDown);
        assertTrue(once.await(SECONDS, TimeUnit.SECONDS));
        made.get(0).join(SECONDS * 1000L);
        assertFalse(made.get(0).isAlive());
        CountDownLatch again = new CountDownLatch(1);
        hasty.execute(again::countDown);
        assertTrue(again.await(SECONDS, TimeUnit.SECONDS));
        hasty.close();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    public void threadsThatRanWhatHasLeftAreReplaced() throws Exception {
        WorkerPool pool = new WorkerPool(Thread::new, Duration.ofMinutes(5));
        try {
            java.util.Set<Thread> before = java.util.concurrent.ConcurrentHashMap.newKeySet();
            java.util.concurrent.CountDownLatch all = new java.util.concurrent.CountDownLatch(4);
            java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
            java.util.concurrent.CountDownLatch busy = new java.util.concurrent.CountDownLatch(1);
            java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(3);
            for (int i = 0; i < 4; i++) {
                boolean stays = i == 0;
                pool.execute(
                        () -> {
                            before.add(Thread.currentThread());
                            all.countDown();
                            try {
                                all.await();
                                if (stays) {
                                    busy.countDown();
                                    go.await();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            done.countDown();
                        });
            }
            busy.await();
            done.await();
            pool.retire();
            java.util.Set<Thread> after = java.util.concurrent.ConcurrentHashMap.newKeySet();
            java.util.concurrent.CountDownLatch ran = new java.util.concurrent.CountDownLatch(50);
            for (int i = 0; i < 50; i++) {
                pool.execute(
                        () -> {
                            after.add(Thread.currentThread());
                            ran.countDown();
                        });
            }
            ran.await();
            after.retainAll(before);
            assertEquals(java.util.Set.of(), after);
            go.countDown();
            for (Thread thread : before) {
                thread.join();
            }
        } finally {
            pool.close();
        }
    }
}
