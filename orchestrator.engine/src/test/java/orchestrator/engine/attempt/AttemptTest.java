package orchestrator.engine.attempt;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Caching;
import orchestrator.engine.graph.Expressions;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Scope;
import orchestrator.engine.graph.Timeouts;
import org.junit.Test;

@SuppressWarnings("FutureReturnValueIgnored") // tasks that answer later
public class AttemptTest {
    private final Bench bench = new Bench();

    private Command.FailAttempt failure() {
        assertEquals(bench.told.toString(), 1, bench.told.size());
        return (Command.FailAttempt) bench.told.get(0);
    }

    private Object output() {
        assertEquals(bench.told.toString(), 1, bench.told.size());
        return ((Command.CompleteAttempt) bench.told.get(0)).output().value();
    }

    /** Whatever happened, nothing is held any more. */
    private void nothingIsHeld(TaskBinding binding) {
        assertEquals(0, bench.attempts.busy());
        assertEquals(0, bench.attempts.waiting());
        assertEquals(0, binding.running());
    }

    @Test
    public void slotsGoToHigherPriorityThenInOrderOfArrival() {
        List<Integer> order = new ArrayList<>();
        bench.slots = 1;
        TaskBinding binding =
                bench.offer("t", c -> order.add(Integer.valueOf(c.idempotencyKey().substring(11))));
        int item = 0;
        for (int priority : new int[] {0, 0, 5, -1, 5}) {
            bench.issue("t", item++, priority);
        }
        assertEquals(1, bench.attempts.busy());
        assertEquals(4, bench.attempts.waiting());
        bench.work();
        assertEquals(List.of(0, 2, 4, 1, 3), order);
        nothingIsHeld(binding);
    }

    @Test
    public void aDelayedAttemptTakesASlotWhenItsTimeComes() {
        TaskBinding binding = bench.offer("t", c -> 1);
        bench.issueAt("t", Duration.ofSeconds(9));
        bench.pass(Duration.ofSeconds(8)).work();
        assertEquals(List.of(), bench.told);
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals(1L, output());
        nothingIsHeld(binding);
        assertEquals(0, bench.timers());
    }

    /** A process that was stopped for longer than its lease goes on where it stood, and must not. */
    @Test
    public void anAttemptBeginsOnlyWhileTheRunIsThisNodes() {
        TaskBinding binding = bench.offer("t", c -> 1);
        bench.mayBegin = false;
        bench.issue("t");
        bench.work();
        assertEquals(List.of(), bench.told);
        assertEquals("others get the slot", 0, bench.attempts.busy());
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals(List.of(), bench.told);
        bench.mayBegin = true;
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals(1L, output());
        nothingIsHeld(binding);
        assertEquals(0, bench.timers());
    }

    @Test
    public void withdrawnAttemptsHoldNothingAndSayNothing() {
        TaskBinding binding = bench.offer("t", c -> 1);
        Attempt delayed = bench.issueAt("t", Duration.ofSeconds(9));
        Attempt queued = bench.issue("t");
        Attempt inSlot = bench.issueLost("t");
        bench.workOnce();
        bench.told.clear();
        assertTrue(delayed.withdraw());
        assertFalse("it has ended", queued.withdraw());
        bench.work();
        assertTrue(inSlot.withdraw());
        inSlot.proceed();
        bench.pass(Duration.ofHours(1)).work();
        assertEquals(List.of("wants start"), bench.told);
        nothingIsHeld(binding);
    }

    @Test
    public void withdrawnBeforeAWorkerComesItRunsNoBody() {
        TaskBinding binding = bench.offer("t", c -> 1);
        assertTrue(bench.issue("t").withdraw());
        bench.work();
        assertEquals(List.of(), bench.told);
        nothingIsHeld(binding);
    }

    @Test
    public void aStartThatIsToldTwiceRunsTheBodyOnce() {
        List<String> bodies = new ArrayList<>();
        TaskBinding binding =
                bench.offer(
                        "t",
                        c -> {
                            bodies.add("body");
                            return new CompletableFuture<>();
                        });
        Attempt attempt = bench.issueLost("t");
        attempt.proceed(); // the entry of an older attempt, before this one has its slot
        bench.work();
        assertEquals(List.of("wants start"), bench.told);
        attempt.proceed();
        attempt.proceed();
        bench.work();
        assertEquals(List.of("body"), bodies);
        attempt.cancel();
        bench.work();
        nothingIsHeld(binding);
    }

    @Test
    public void withoutItsTaskAnAttemptSaysSoAndHoldsNothing() {
        bench.issue("nobody");
        bench.work();
        assertEquals(List.of("misses task"), bench.told);
        assertEquals(0, bench.attempts.busy());
    }

    @Test
    public void aSourceThatThrowsOrGivesNothingFailsTheAttempt() {
        for (Throwable thrown :
                Arrays.asList(null, new IllegalStateException("x"), new LinkageError("y"))) {
            bench.told.clear();
            String task = thrown == null ? "nothing" : thrown.getClass().getName();
            TaskBinding binding = bench.offer(task, source(thrown));
            bench.issue(task);
            bench.work();
            assertTrue(failure().message(), failure().retryable());
            nothingIsHeld(binding);
        }
    }

    private static TaskSource source(Throwable thrown) {
        return new TaskSource() {
            @Override
            public Task get() {
                if (thrown instanceof Error e) {
                    throw e;
                } else if (thrown instanceof RuntimeException e) {
                    throw e;
                }
                return null;
            }

            @Override
            public void unget(Task task) {
                throw new AssertionError("nothing was got");
            }
        };
    }

    @Test
    public void aSourceThatDoesNotTakeItsTaskBackHoldsNoSlot() {
        TaskSource stubborn =
                new TaskSource() {
                    @Override
                    public Task get() {
                        return c -> 1;
                    }

                    @Override
                    public void unget(Task task) {
                        throw new IllegalStateException("no");
                    }
                };
        TaskBinding binding = bench.offer("t", stubborn);
        bench.issue("t");
        bench.work();
        assertEquals(1L, output());
        nothingIsHeld(binding);
    }

    @Test
    public void aTimeOutFreesTheSlotAndALateResultIsDropped() {
        CompletableFuture<Object> later = new CompletableFuture<>();
        List<String> told = new ArrayList<>();
        TaskBinding binding =
                bench.offer(
                        "t",
                        c -> {
                            c.onCancel(() -> told.add("cancelled"));
                            return later;
                        });
        bench.issue("t");
        bench.work().pass(Duration.ofSeconds(59));
        assertEquals(1, bench.attempts.busy());
        bench.pass(Duration.ofSeconds(1));
        assertEquals("timeout", failure().code());
        assertEquals("foreign code does not run on the timer", List.of(), told);
        bench.work();
        assertEquals(List.of("cancelled"), told);
        later.complete("late");
        bench.work();
        assertEquals("timeout", failure().code());
        nothingIsHeld(binding);
        assertEquals(0, bench.timers());
    }

    @Test
    public void aLaterResultCompletesTheAttempt() {
        CompletableFuture<Object> later = new CompletableFuture<>();
        TaskBinding binding = bench.offer("t", c -> later);
        bench.issue("t");
        bench.work();
        assertEquals(1, bench.attempts.busy());
        later.completeExceptionally(TaskFailure.permanent("gone", "it is gone"));
        bench.work();
        assertEquals("gone", failure().code());
        assertFalse(failure().retryable());
        nothingIsHeld(binding);
    }

    @Test
    public void aBodyThatIgnoresItsInterruptGivesItsSlotBack() throws Exception {
        CountDownLatch inBody = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TaskBinding binding =
                bench.offer(
                        "t",
                        c -> {
                            inBody.countDown();
                            while (true) {
                                try {
                                    release.await();
                                    return "late";
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                }
                            }
                        });
        bench.issue("t");
        Thread worker = new Thread(bench::workOnce);
        worker.start();
        inBody.await();
        bench.pass(Duration.ofSeconds(60));
        interrupted.await();
        assertEquals("timeout", failure().code());
        nothingIsHeld(binding);
        bench.pass(Duration.ofSeconds(5)); // here it is named
        release.countDown();
        worker.join();
        assertEquals("timeout", failure().code());
        nothingIsHeld(binding);
    }

    @Test
    public void aTaskHasNoMoreSlotsThanItMay() {
        bench.slots = 10;
        bench.ofTasks = Map.of("few", 2);
        TaskBinding few = bench.offer("few", c -> new CompletableFuture<>());
        TaskBinding many = bench.offer("many", c -> new CompletableFuture<>());
        for (int i = 0; i < 5; i++) {
            bench.issue("few");
            bench.issue("many");
        }
        bench.work();
        assertEquals(2, few.running());
        assertEquals(5, many.running());
        assertEquals(3, bench.attempts.waiting());
        bench.ofTasks = Map.of();
        bench.attempts.dispatch();
        bench.work();
        assertEquals(5, few.running());
    }

    @Test
    public void aPointOfPriorityIsWorthTenSecondsOfWaiting() {
        bench.slots = 1;
        List<Integer> order = new java.util.ArrayList<>();
        bench.offer("t", c -> order.add(Integer.parseInt(c.idempotencyKey().split("/")[3])));
        CompletableFuture<Object> first = new CompletableFuture<>();
        bench.offer("hold", c -> first);
        bench.issue("hold");
        bench.issue("t", 1, 0);
        bench.pass(Duration.ofSeconds(9)).issue("t", 2, 1);
        bench.pass(Duration.ofSeconds(2)).issue("t", 3, 1);
        bench.issue("t", 4, 2);
        bench.issue("t", 5, Integer.MIN_VALUE);
        bench.issue("t", 6, Integer.MAX_VALUE);
        bench.work();
        first.complete(null);
        bench.work();
        assertEquals(List.of(6, 4, 2, 1, 3, 5), order);
    }

    @Test
    public void aTaskWhoseBodiesDoNotEndTakesNotEveryThread() throws Exception {
        int most = TaskLine.MOST_LINGERING;
        bench.slots = 1;
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(most);
        TaskBinding binding =
                bench.offer(
                        "t",
                        c -> {
                            begun.countDown();
                            while (true) {
                                try {
                                    release.await();
                                    return null;
                                } catch (InterruptedException e) {
                                    begun.getCount(); // as badly as a task can
                                }
                            }
                        });
        List<Thread> workers = new java.util.ArrayList<>();
        for (int i = 0; i < most; i++) {
            long left = begun.getCount();
            bench.issue("t");
            Thread worker = new Thread(bench::workOnce);
            worker.start();
            workers.add(worker);
            while (begun.getCount() == left) {
                Thread.onSpinWait();
            }
            bench.pass(Duration.ofSeconds(60));
        }
        assertEquals(most, binding.conduct().lingering());
        assertEquals(
                List.of(most + " bodies ignore their interrupt"), binding.conduct().complaints());
        assertEquals(most, bench.attempts.lingering("run").size());
        assertEquals(List.of(), bench.attempts.lingering("another"));
        Lingering first = bench.attempts.lingering("run").get(0);
        assertEquals(
                "Attempt 1 of step 'step' is over, but its body, of task t of test, has ignored its interrupt for 15m and still holds thread '%s'"
                        .formatted(workers.get(0).getName()),
                first.text(first.since().plus(Duration.ofMinutes(15))));
        assertEquals(0, bench.attempts.busy());
        bench.issue("t");
        bench.work();
        assertEquals("it is not begun", 1, bench.attempts.waiting());
        bench.told.clear();
        bench.registry.add(
                new TaskBinding(
                        "t",
                        "2.0",
                        "test",
                        getClass().getClassLoader(),
                        TaskSource.of(c -> "mended")));
        bench.attempts.dispatch();
        bench.work();
        assertEquals("a new version is", "mended", output());
        release.countDown();
        for (Thread worker : workers) {
            worker.join();
        }
        bench.work();
        assertEquals(0, bench.attempts.waiting());
        assertEquals(List.of(), binding.conduct().complaints());
        assertEquals(List.of(), bench.attempts.lingering("run"));
    }

    @Test
    public void whatATaskShouldNotDoIsCountedAndNamed() {
        TaskBinding flood =
                bench.offer(
                        "flood",
                        c -> {
                            for (int i = 0; i < TaskLogger.MOST_LINES + 5; i++) {
                                c.log().log(System.Logger.Level.INFO, "x");
                            }
                            return null;
                        });
        TaskBinding large = bench.offer("large", c -> "x".repeat(10 << 20));
        TaskBinding error = bench.offer("error", c -> sneak(new StackOverflowError()));
        for (String task : List.of("flood", "large", "error")) {
            bench.issue(task);
            bench.work();
        }
        assertEquals(List.of("5 lines of log were too many"), flood.conduct().complaints());
        assertEquals(TaskLogger.MOST_LINES + 1, bench.log.size());
        assertEquals(List.of("1 outputs could not be kept"), large.conduct().complaints());
        assertEquals(
                List.of("1 Errors were thrown, the newest a java.lang.StackOverflowError"),
                error.conduct().complaints());
    }

    @Test
    public void aResultIsTakenInPlaceOfACallAsLongAsItIsKept() {
        AtomicInteger calls = new AtomicInteger();
        bench.caching = new Caching(new Expressions().compile("input.x"), Duration.ofMinutes(1));
        bench.scope = input(1);
        TaskBinding binding = bench.offer("t", c -> calls.incrementAndGet());
        for (int i = 0; i < 3; i++) {
            bench.told.clear();
            bench.issue("t");
            bench.work();
            assertEquals(1L, output());
            nothingIsHeld(binding);
            bench.pass(Duration.ofSeconds(20));
        }
        assertEquals(1, calls.get());
        bench.told.clear();
        bench.issue("t"); // a minute after the call, though it was used since
        bench.work();
        assertEquals(2L, output());
        bench.told.clear();
        bench.scope = input(2);
        bench.issue("t");
        bench.work();
        assertEquals(3L, output());
        bench.registry.remove(binding);
        bench.registry.add(
                new TaskBinding(
                        "t",
                        "2.0",
                        "test",
                        getClass().getClassLoader(),
                        TaskSource.of(c -> "new")));
        bench.told.clear();
        bench.issue("t");
        bench.work();
        assertEquals("new", output());
    }

    @Test
    public void resultsAreKeptForAsLongAsAnybodyCanSay() {
        AtomicInteger calls = new AtomicInteger();
        bench.attempts.cache().keep("t", ChronoUnit.FOREVER.getDuration());
        TaskBinding binding = bench.offer("t", c -> calls.incrementAndGet());
        for (int i = 0; i < 2; i++) {
            bench.told.clear();
            bench.issue("t");
            bench.work();
            assertEquals(1L, output());
            nothingIsHeld(binding);
        }
    }

    @Test
    public void resultsOfATaskAreKeptByItsInputIfThatIsAsked() {
        AtomicInteger calls = new AtomicInteger();
        bench.attempts.cache().keep("t", Duration.ofMinutes(1));
        bench.offer("t", c -> calls.incrementAndGet());
        bench.offer("other", c -> calls.incrementAndGet());
        for (String task : List.of("t", "t", "other", "other")) {
            bench.issue(task);
            bench.work();
        }
        assertEquals(3, calls.get());
        bench.attempts.cache().keep("t", Duration.ZERO);
        bench.issue("t");
        bench.work();
        assertEquals(4, calls.get());
    }

    @Test
    public void theCacheIsBounded() {
        bench.caching = new Caching(new Expressions().compile("input.x"), Duration.ofMinutes(1));
        bench.offer("t", c -> "x".repeat(1 << 20));
        for (int i = 0; i < 80; i++) {
            bench.scope = input(i);
            bench.issue("t");
            bench.work();
        }
        assertTrue("" + bench.attempts.cache().size(), bench.attempts.cache().size() < 64);
        assertTrue("" + bench.attempts.cache().size(), bench.attempts.cache().size() > 60);
    }

    private static Scope input(int x) {
        return new Scope() {
            @Override
            public boolean has(String name) {
                return name.equals("input");
            }

            @Override
            public Object get(String name) {
                return Map.of("x", (long) x);
            }
        };
    }

    @Test
    public void anAttemptThatFindsNoSlotInTimeFailsForGood() {
        bench.timeouts = new Timeouts(null, null, Duration.ofSeconds(30), null);
        bench.slots = 1;
        TaskBinding binding = bench.offer("t", c -> new CompletableFuture<>());
        bench.issue("t");
        bench.work().pass(Duration.ofSeconds(10));
        bench.issue("t");
        bench.pass(Duration.ofSeconds(29)).work();
        assertEquals(List.of(), bench.told);
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals("queue-timeout", failure().code());
        assertFalse(failure().retryable());
        assertEquals(0, bench.attempts.waiting());
        assertEquals(1, binding.running());
        assertEquals(1, bench.attempts.busy());
    }

    @Test
    public void aBodyThatGivesNoSignOfLifeFails() {
        bench.timeouts = new Timeouts(null, null, null, Duration.ofSeconds(30));
        TaskContext[] context = new TaskContext[1];
        TaskBinding binding =
                bench.offer(
                        "t",
                        c -> {
                            context[0] = c;
                            return new CompletableFuture<>();
                        });
        bench.issue("t");
        bench.work();
        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofSeconds(29));
            context[0].progress(0, null);
        }
        bench.pass(Duration.ofSeconds(29)).work();
        assertEquals(List.of(), bench.told);
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals("heartbeat", failure().code());
        assertTrue(failure().retryable());
        assertTrue(context[0].isCancelled());
        nothingIsHeld(binding);
    }

    @Test
    public void exceptionsOfAKindAreNotTriedAgain() {
        bench.retry =
                new Retry(
                        9,
                        Duration.ZERO,
                        1,
                        Duration.ZERO,
                        0,
                        null,
                        Set.of("java.io.IOException", "IllegalStateException"));
        bench.offer(
                "io",
                c -> {
                    throw new java.io.FileNotFoundException("f");
                });
        bench.offer("later", c -> CompletableFuture.failedFuture(new CancellationException()));
        bench.offer(
                "other",
                c -> {
                    throw new IllegalArgumentException("f");
                });
        for (String task : List.of("io", "later", "other")) {
            bench.told.clear();
            bench.issue(task);
            bench.work();
            assertEquals(task, task.equals("other"), failure().retryable());
        }
    }

    @Test
    public void aTaskThatLeavesIsHandedBackWhereverItsAttemptsAre() {
        TaskBinding binding = bench.offer("t", c -> new CompletableFuture<>());
        Attempt queued = bench.issueAt("t", Duration.ofSeconds(1));
        bench.issue("t");
        bench.issueLost("t");
        bench.work();
        assertEquals(2, binding.running());
        bench.registry.remove(binding);
        binding.drain(Duration.ZERO);
        bench.work();
        assertEquals(3, bench.told.size());
        assertEquals(
                2, bench.told.stream().filter(Command.HandBackAttempt.class::isInstance).count());
        nothingIsHeld(binding);
        bench.pass(Duration.ofSeconds(1)).work();
        assertEquals("misses task", bench.told.get(3));
        assertFalse(queued.withdraw());
        nothingIsHeld(binding);
    }

    @Test
    public void aBodyThatFailsBecauseItsPluginLeavesIsHandedBack() {
        TaskBinding[] binding = new TaskBinding[1];
        binding[0] =
                bench.offer(
                        "t",
                        c -> {
                            binding[0].drain(Duration.ZERO);
                            throw new IllegalStateException("the bundle has stopped");
                        });
        bench.issue("t");
        bench.work();
        assertEquals(1, bench.told.size());
        assertTrue(bench.told.get(0) instanceof Command.HandBackAttempt);
        nothingIsHeld(binding[0]);
    }

    @Test
    public void whateverABodyThrowsBecomesText() {
        for (Throwable thrown :
                List.of(
                        new StackOverflowError(),
                        new OutOfMemoryError("none left"),
                        new NoClassDefFoundError("a/B"),
                        new AssertionError("x".repeat(100_000)),
                        new Mute(),
                        new Unlinked())) {
            bench.told.clear();
            String task = thrown.getClass().getSimpleName();
            TaskBinding binding = bench.offer(task, c -> sneak(thrown));
            bench.issue(task);
            bench.work();
            assertEquals(thrown.getClass().getSimpleName(), failure().code());
            assertTrue(failure().message().length() <= Limits.MAX_ERROR);
            nothingIsHeld(binding);
        }
    }

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("broken");
        }
    }

    private static final class Unlinked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("its bundle has left");
        }
    }

    @Test
    public void aFailureWithoutANameHasTheCodeOfItsKind() {
        TaskFailure unnamed = TaskFailure.permanent(" ", "why");
        for (Throwable thrown : List.of(new IllegalStateException("why") {}, unnamed)) {
            bench.told.clear();
            bench.offer("t" + thrown.hashCode(), c -> sneak(thrown));
            bench.issue("t" + thrown.hashCode());
            bench.work();
            assertEquals(
                    thrown == unnamed ? "TaskFailure" : "IllegalStateException", failure().code());
            assertEquals("why", failure().message());
        }
    }

    /** What asks the result for its values is code of the plugin, on whatever thread it runs. */
    public static final class Broken {
        public String getName() {
            return String.valueOf(sneak(new NoClassDefFoundError("its bundle has left")));
        }
    }

    @Test
    public void aLaterResultThatThrowsIsAFailureAtOnce() {
        CompletionStage<?> deaf =
                (CompletionStage<?>)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {CompletionStage.class},
                                (proxy, method, arguments) -> {
                                    throw new NoClassDefFoundError("its bundle has left");
                                });
        int n = 0;
        for (Object later : List.of(CompletableFuture.completedFuture(new Broken()), deaf)) {
            bench.told.clear();
            String task = "later" + n++;
            TaskBinding binding = bench.offer(task, c -> later);
            bench.issue(task);
            bench.work();
            assertEquals("NoClassDefFoundError", failure().code());
            nothingIsHeld(binding);
        }
    }

    @Test
    public void oneActionThatThrowsKeepsNoOtherFromBeingTold() {
        List<String> told = new ArrayList<>();
        bench.offer(
                "t",
                c -> {
                    c.onCancel(() -> sneak(new NoClassDefFoundError("its bundle has left")));
                    c.onCancel(() -> told.add("second"));
                    return new CompletableFuture<>();
                });
        bench.issue("t");
        bench.work().pass(Duration.ofHours(1)).work();
        assertEquals("timeout", failure().code());
        assertEquals(List.of("second"), told);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    public void resultsThatCannotBeReadBackAreRefusedOnceAndForAll() {
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("self", cycle);
        Object deep = 1;
        for (int i = 0; i < 205; i++) {
            deep = List.of(deep);
        }
        Iterator<Integer> endless =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Integer next() {
                        return 1;
                    }
                };
        int n = 0;
        for (Object bad :
                List.of(
                        cycle,
                        deep,
                        endless,
                        new Object(),
                        Map.of("k".repeat(60_000), 1),
                        BigInteger.TEN.pow(2_000),
                        Double.NaN,
                        Map.of("x", Float.POSITIVE_INFINITY),
                        new BigDecimal("1e999"),
                        "x".repeat(3 << 20))) {
            bench.told.clear();
            String task = "bad" + n++;
            TaskBinding binding = bench.offer(task, c -> bad);
            bench.issue(task);
            bench.work();
            assertEquals(task, "output", failure().code());
            assertFalse(task, failure().retryable());
            assertTrue(failure().message(), failure().message().startsWith("Expected "));
            nothingIsHeld(binding);
        }
    }

    @Test
    public void resultsKeepTheirTypes() {
        bench.offer(
                "t", c -> Map.of("big", BigInteger.TEN.pow(30), "list", new int[] {1, 2}, "n", 7));
        bench.issue("t");
        bench.work();
        Map<?, ?> output = (Map<?, ?>) output();
        assertEquals(new BigDecimal(BigInteger.TEN.pow(30)), output.get("big"));
        assertEquals(List.of(1L, 2L), output.get("list"));
        assertEquals(7L, output.get("n"));
    }

    @Test
    public void theThreadIsGivenBackAsItWas() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        bench.offer(
                "t",
                c -> {
                    assertEquals(Bench.class.getClassLoader(), thread.getContextClassLoader());
                    thread.setContextClassLoader(null);
                    thread.interrupt();
                    return null;
                });
        thread.setContextClassLoader(null);
        try {
            bench.issue("t");
            bench.work();
            assertNull(thread.getContextClassLoader());
            assertFalse(Thread.interrupted());
            assertNull(output());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    public void aPatternThatIsNoneFailsNoAttempt() {
        bench.offer(
                "t",
                c -> {
                    c.log().log(System.Logger.Level.INFO, "{broken} {0}", 1);
                    c.log().log(System.Logger.Level.INFO, "n = {0}", 1);
                    c.log().log(System.Logger.Level.TRACE, "not kept");
                    c.progress(7, "p".repeat(10_000));
                    return null;
                });
        Attempt attempt = bench.issue("t");
        bench.work();
        assertNull(output());
        assertEquals(List.of("INFO {broken} {0} [1]", "INFO n = 1"), bench.log);
        assertTrue(attempt.message().startsWith("100% p"));
        assertTrue(attempt.message().length() <= Limits.MAX_ERROR);
    }
}
