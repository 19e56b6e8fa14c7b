package itests.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.Command;
import orchestrator.state.memory.MemoryStateBackend;
import org.junit.Test;

/**
 * The process is killed at each write of a story with parents and children, before it takes effect and after; another one
 * takes the store over and brings all of it to its end.
 */
public class SubWorkflowTakeoverTest {
    private static final int MOST = 200;

    /** What the first process does after the start. */
    @FunctionalInterface
    private interface Course {
        void play(TestEngine engine, String run, CrashingStore store);
    }

    private static void workflows(TestEngine engine) {
        engine.offer("give", c -> c.input("n", Long.class));
        engine.offer("hang", SubWorkflowTakeoverTest::hang);
        engine.offer(
                "fail",
                c -> {
                    throw TaskFailure.permanent("broken", "it broke");
                });
        engine.workflow(
                "child",
                w -> {
                    w.step("first").task("give").input("n", "${input.n}");
                    w.step("second").task("give").after("first").input("n", "${first}");
                });
        engine.workflow("hanging", w -> w.step("only").task("hang"));
        engine.workflow(
                "good",
                w -> {
                    w.step("each").workflow("child").forEach("[1, 2]").input("n", "${item}");
                    w.step("last").workflow("child").after("each").input("n", "${each[1]}");
                });
        engine.workflow(
                "bad",
                w -> {
                    w.step("left").workflow("hanging");
                    w.step("right").workflow("failing").retry(2, Duration.ZERO);
                });
        engine.workflow("failing", w -> w.step("only").task("fail"));
        engine.workflow("held", w -> w.step("part").workflow("hanging"));
    }

    private static Object hang(TaskContext context) throws Exception {
        new CountDownLatch(1).await();
        return context;
    }

    /** Kills at each write; gives how many there are. */
    private static int everywhere(
            String workflow, boolean after, Course course, Consumer<Taken> check) {
        for (int write = 1; write < MOST; write++) {
            StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);
            CrashingStore crashing =
                    new CrashingStore(store, CrashingStore.WRITES, write, after, true);
            String run = null;
            try (TestEngine first = new TestEngine(crashing.backend())) {
                workflows(first);
                try {
                    run = first.start(workflow, Map.of()).id();
                    course.play(first, run, crashing);
                } catch (RefusedException | StateException e) {
                    assertTrue(e.toString(), crashing.isDead());
                }
            }
            try (TestEngine second = new TestEngine(store)) {
                workflows(second);
                List<RunInfo> parents =
                        second.state.find(RunFilter.all().workflow(workflow)).items();
                if (!parents
                        .isEmpty()) { // the start was accepted, whether or not anybody heard of it
                    try {
                        check.accept(new Taken(second, parents.get(0).id()));
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError(
                                "killed at write %d (%s): %s"
                                        .formatted(write, after ? "after" : "before", e),
                                e);
                    }
                } else {
                    assertEquals("an accepted run is there", null, run);
                }
            }
            if (!crashing.isDead()) {
                return write - 1;
            }
        }
        throw new AssertionError("Expected an end after fewer writes");
    }

    /** The second process, and the run that it took over. */
    private record Taken(TestEngine engine, String run) {
        RunInfo end() {
            try {
                return engine.engine.result(run).get(30, java.util.concurrent.TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(
                        "Expected an end of " + engine.manager.getWorkflowStatus(run) + all(), e);
            }
        }

        List<RunInfo> all() {
            return engine.state.find(RunFilter.all()).items();
        }

        List<RunInfo> children(String workflow) {
            return all().stream()
                    .filter(r -> r.workflow().equals(workflow) && r.parent().isPresent())
                    .toList();
        }

        void awaitAllEnded() {
            Await.until(
                    "all runs to end, but found " + all(),
                    () -> all().stream().allMatch(r -> r.status().isFinal()));
        }

        /** Nobody has two results for one piece of work. */
        void onceEach() {
            for (RunInfo info : all()) {
                Set<String> results = new HashSet<>();
                for (HistoryEntry entry : engine.state.getWorkflowHistory(info.id(), 1, 1000)) {
                    if (entry.type().equals("AttemptCompleted")) {
                        String place = entry.body().get("step") + "/" + entry.body().get("item");
                        assertTrue(info + " " + place, results.add(place));
                    }
                }
            }
        }
    }

    @Test(timeout = 300_000)
    public void everyRunCompletesAndNoStepTwice() {
        for (boolean after : new boolean[] {false, true}) {
            int writes =
                    everywhere(
                            "good",
                            after,
                            SubWorkflowTakeoverTest::untilItEnds,
                            taken -> {
                                assertEquals(RunStatus.COMPLETED, taken.end().status());
                                taken.awaitAllEnded();
                                assertEquals(3, taken.children("child").size());
                                assertTrue(
                                        taken.children("child").stream()
                                                .allMatch(r -> r.status() == RunStatus.COMPLETED));
                                assertEquals(
                                        2L,
                                        taken.engine
                                                .manager
                                                .getWorkflowStatus(taken.run)
                                                .orElseThrow()
                                                .output()
                                                .orElseThrow());
                                taken.onceEach();
                            });
            assertTrue("Expected many writes, but found " + writes, writes >= 12);
        }
    }

    @Test(timeout = 300_000)
    public void aFailureReachesTheParentAndItsOtherChildren() {
        for (boolean after : new boolean[] {false, true}) {
            everywhere(
                    "bad",
                    after,
                    SubWorkflowTakeoverTest::untilItEnds,
                    taken -> {
                        assertEquals(RunStatus.FAILED, taken.end().status());
                        taken.awaitAllEnded();
                        assertEquals(2, taken.children("failing").size());
                        List<RunInfo> hanging = taken.children("hanging");
                        assertTrue(hanging.toString(), hanging.size() <= 1);
                        hanging.forEach(r -> assertEquals(RunStatus.CANCELLED, r.status()));
                        taken.onceEach();
                    });
        }
    }

    @Test(timeout = 300_000)
    public void aPauseReachesTheChildren() {
        for (boolean after : new boolean[] {false, true}) {
            everywhere(
                    "held",
                    after,
                    (engine, run, store) -> {
                        await(store, () -> status(engine, "hanging", RunStatus.RUNNING));
                        engine.engine.post(run, new Command.Pause(), new CompletableFuture<>());
                        await(store, () -> status(engine, "hanging", RunStatus.PAUSED));
                    },
                    taken -> {
                        taken.engine.manager.pauseWorkflow(taken.run);
                        Await.until( // a run that was held first has no child yet
                                "all to be held, but found " + taken.all(),
                                () ->
                                        taken.all().stream()
                                                .allMatch(r -> r.status() == RunStatus.PAUSED));
                        taken.engine.manager.resumeWorkflow(taken.run);
                        Await.until(
                                "the child to go on, but found " + taken.all(),
                                () -> status(taken.engine, "hanging", RunStatus.RUNNING));
                        taken.engine.manager.cancelWorkflow(taken.run, "enough");
                        taken.awaitAllEnded();
                    });
        }
    }

    /** The store does not answer once, and nobody knows whether it did what it was asked. */
    @Test(timeout = 300_000)
    public void aCallThatIsNotAnsweredIsMadeAgain() {
        for (boolean after : new boolean[] {false, true}) {
            for (int write = 2; ; write++) { // the first is the start itself
                StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);
                CrashingStore flaky =
                        new CrashingStore(store, Set.of("create", "post"), write, after, false);
                try (TestEngine engine = new TestEngine(flaky.backend())) {
                    workflows(engine);
                    Taken story = new Taken(engine, engine.start("good", Map.of()).id());
                    RunInfo end = story.end();
                    assertEquals(
                            "call %d: %s".formatted(write, end.error()),
                            RunStatus.COMPLETED,
                            end.status());
                    story.awaitAllEnded();
                    assertEquals(3, story.children("child").size());
                    story.onceEach();
                    Await.until("all to leave memory", () -> engine.engine.activeRuns() == 0);
                }
                if (!flaky.isMet()) {
                    assertTrue("Expected calls, but found " + write, write > 4);
                    break;
                }
            }
        }
    }

    /** The store has lost the message: then the child's journal still tells what it gave. */
    @Test(timeout = 60_000)
    public void anEndThatNeverArrivedIsReadFromTheChild() {
        StateBackend store = new MemoryStateBackend(InstantSource.system(), 10_000);
        AtomicInteger lost = new AtomicInteger();
        StateBackend losing =
                (StateBackend)
                        Proxy.newProxyInstance(
                                SubWorkflowTakeoverTest.class.getClassLoader(),
                                new Class<?>[] {StateBackend.class},
                                (proxy, method, arguments) -> {
                                    boolean ends =
                                            method.getName().equals("post")
                                                    && arguments[0].toString().contains("ended:");
                                    if (ends && lost.getAndIncrement() == 0) {
                                        return List.of(new PostOutcome(PostOutcome.Kind.POSTED, 0));
                                    }
                                    return method.invoke(store, arguments);
                                });
        try (TestEngine engine = new TestEngine(losing)) {
            workflows(engine);
            engine.workflow("one", w -> w.step("part").workflow("child").input("n", 7));
            Taken story = new Taken(engine, engine.start("one", Map.of()).id());
            Await.until(
                    "the child to end",
                    () ->
                            story.children("child").stream()
                                    .anyMatch(r -> r.status() == RunStatus.COMPLETED));
            assertTrue(engine.manager.pauseWorkflow(story.run).accepted());
            assertTrue(engine.manager.resumeWorkflow(story.run).accepted());
            assertEquals(RunStatus.COMPLETED, story.end().status());
            assertEquals(1, story.children("child").size());
            story.onceEach();
            assertEquals(
                    7L, engine.manager.getWorkflowStatus(story.run).orElseThrow().output().get());
        }
    }

    private static void untilItEnds(TestEngine engine, String run, CrashingStore store) {
        await(
                store,
                () ->
                        engine.state.find(RunFilter.all()).items().stream()
                                .allMatch(r -> r.status().isFinal()));
    }

    private static boolean status(TestEngine engine, String workflow, RunStatus status) {
        return engine.state.find(RunFilter.all().workflow(workflow)).items().stream()
                .anyMatch(r -> r.status() == status);
    }

    private static void await(CrashingStore store, java.util.function.BooleanSupplier condition) {
        Await.until(
                "the story to go on",
                () -> {
                    try {
                        return store.isDead() || condition.getAsBoolean();
                    } catch (RefusedException e) {
                        return store.isDead();
                    }
                });
    }
}
