package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import orchestrator.api.FailedItems;
import orchestrator.api.Join;
import orchestrator.api.OnFailure;
import orchestrator.api.StepBuilder;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;
import org.junit.Test;

/**
 * Random workflows under random commands: after each command the journal, encoded and decoded, adds up to the same state.
 * A seed that fails is named and repeats exactly: {@code -Dreplay.seed=<seed>}.
 */
public class ReplayTest {
    private static final int STORIES = 120;
    private static final int COMMANDS = 60;

    @Test
    public void replayEqualsLive() {
        Long only = Long.getLong("replay.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? STORIES : only); seed++) {
            try {
                new Play(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    public void theSameSeedTellsTheSameStory() {
        assertEquals(new Play(42).run(), new Play(42).run());
    }

    private static final class Play {
        private final Random random;
        private final Story story;
        private final Set<String> results = new HashSet<>();
        private final List<Integer> completed = new ArrayList<>(); // and not undone

        Play(long seed) {
            random = new Random(seed);
            Graph graph = Story.graph(this::describe);
            story = new Story(graph, Map.of("list", List.of("p", 2, List.of(), 4)));
        }

        private void describe(WorkflowBuilder w) {
            if (random.nextInt(3) == 0) {
                w.timeout(Duration.ofMinutes(1 + random.nextInt(60)));
            }
            List<String> names = new ArrayList<>();
            int steps = 1 + random.nextInt(7);
            for (int i = 0; i < steps; i++) {
                String name = "s" + i;
                StepBuilder step = w.step(name);
                String work = "t" + random.nextInt(3);
                int kind = random.nextInt(9);
                if (kind < 2) {
                    describeWait(step, kind);
                } else if (kind < 5) {
                    step.workflow(work);
                } else {
                    step.task(work);
                }
                String[] after =
                        names.stream().filter(n -> random.nextInt(3) == 0).toArray(String[]::new);
                if (after.length > 0) {
                    step.after(after);
                    join(step, after.length);
                }
                if (random.nextInt(4) == 0) {
                    step.compensate("t" + random.nextInt(3));
                }
                if (random.nextInt(4) == 0) {
                    step.onFailure(OnFailure.CONTINUE);
                }
                if (random.nextInt(4) == 0) {
                    step.when(condition(after));
                }
                if (kind >= 2 && random.nextInt(6) == 0) {
                    step.stepTimeout(Duration.ofMinutes(1 + random.nextInt(5)));
                    step.queueTimeout(Duration.ofMinutes(1 + random.nextInt(5)));
                }
                if (kind >= 2 && random.nextInt(2) == 0) {
                    step.retry(1 + random.nextInt(3), Duration.ofSeconds(random.nextInt(40)))
                            .backoff(2, Duration.ofMinutes(1));
                }
                if (kind >= 2 && random.nextInt(5) == 0) {
                    String until = random.nextBoolean() ? name + " == 'text'" : "false";
                    step.repeat(
                            until, 1 + random.nextInt(4), Duration.ofSeconds(random.nextInt(20)));
                } else if (kind >= 2 && random.nextInt(3) == 0) {
                    step.forEach(forEach(after))
                            .concurrency(1 + random.nextInt(3))
                            .failedItems(
                                    random.nextBoolean() ? FailedItems.STOP : FailedItems.CONTINUE);
                }
                names.add(name);
            }
            if (random.nextInt(3) == 0) {
                w.onFailure().task("t0").retry(2, Duration.ofSeconds(5));
            }
        }

        private void join(StepBuilder step, int others) {
            switch (random.nextInt(6)) {
                case 0 -> step.join(Join.ANY);
                case 1 -> step.join(Join.ALL_DONE);
                case 2 -> step.join(1 + random.nextInt(others));
                default -> {}
            }
        }

        private String condition(String[] after) {
            return after.length > 0 && random.nextBoolean()
                    ? after[0] + " != null"
                    : random.nextInt(3) > 0 ? "size(input.list) > 1" : "false";
        }

        private void describeWait(StepBuilder step, int kind) {
            if (kind == 0) {
                step.wait(Duration.ofSeconds(random.nextInt(60)));
            } else if (random.nextBoolean()) {
                step.waitFor("s" + random.nextInt(2));
            } else {
                step.waitFor("s" + random.nextInt(2), Duration.ofMinutes(1 + random.nextInt(9)));
            }
        }

        private String forEach(String[] after) {
            return after.length > 0 && random.nextInt(4) == 0 ? after[0] : "input.list";
        }

        String run() {
            tell(new Command.Begin());
            for (int i = 0; i < COMMANDS && !story.run.isEnded(); i++) {
                story.pass(Duration.ofMillis(random.nextInt(20_000)));
                tell(command());
            }
            finish();
            return Dump.of(story.run);
        }

        /** Left alone, with every task on offer and no more faults, each run ends. */
        private void finish() {
            if (story.run.hold().isPaused() || story.run.hold().isQuarantined()) {
                tell(new Command.Resume());
            }
            for (int task = 0; task < 3; task++) {
                tell(new Command.OfferTask("t" + task));
                tell(new Command.OfferWorkflow("t" + task));
            }
            for (int i = 0; !story.run.isEnded(); i++) {
                assertTrue("Expected an end, but found " + story.standing(), i < 500);
                List<CellId> pending = scheduled();
                if (pending.isEmpty() && !story.run.waits.isEmpty()) {
                    endWait(story.run.waits.first());
                    continue;
                }
                assertTrue("Expected pending work of " + story.standing(), !pending.isEmpty());
                tell(complete(pending.get(0)));
            }
            if (!story.run.isClosed()) {
                assertEquals("ending", story.standing().reason().code());
                tell(new Command.Close());
            }
            assertEquals(story.run.end(), story.standing().status());
        }

        private void endWait(StepState step) {
            if (step.waitUntil() == null) {
                tell(signal(step.waitSubject()));
            } else {
                story.now = story.now.isAfter(step.waitUntil()) ? story.now : step.waitUntil();
                tell(new Command.ReachTime());
            }
        }

        private Command signal(String name) {
            return new Command.Signal("id", name, Payload.ofTree(List.of(name)));
        }

        /** What is to come about, be it a result of a task or the end of a child. */
        private List<CellId> scheduled() {
            List<CellId> all = new ArrayList<>(story.run.pending());
            story.run.children().forEach(child -> all.add(child.cell()));
            return all;
        }

        private Command complete(CellId id) {
            StepState step = story.run.step(id.step());
            if (step.step().isSubWorkflow()) {
                return endChild(step, id.item(), RunStatus.COMPLETED);
            }
            return new Command.CompleteAttempt(
                    step.step().name(),
                    id.item(),
                    step.cell(id.item()).attempt(),
                    "1." + random.nextInt(3),
                    Payload.ofTree(random.nextBoolean() ? List.of(1, "ä\u0000") : "text"));
        }

        private Command endChild(StepState step, int item, RunStatus status) {
            boolean exists = item < 0 || item < step.itemCount();
            boolean completed = status == RunStatus.COMPLETED;
            return new Command.EndChild(
                    step.step().name(),
                    item,
                    exists ? step.cell(item).attempt() : 1,
                    "child",
                    status,
                    "1",
                    completed ? Payload.ofTree(List.of(random.nextInt(5), "x")) : null,
                    completed ? null : "code",
                    completed ? null : "message");
        }

        private Command command() {
            Step step = story.graph.steps().get(random.nextInt(story.graph.steps().size()));
            List<CellId> pending = scheduled();
            CellId id =
                    pending.isEmpty() || random.nextInt(8) == 0
                            ? new CellId(step.index(), random.nextInt(5) - 1)
                            : pending.get(random.nextInt(pending.size()));
            StepState state = story.run.step(id.step());
            String name = state.step().name();
            boolean exists = id.item() < 0 || id.item() < state.itemCount();
            int attempt = exists ? state.cell(id.item()).attempt() - random.nextInt(10) / 9 : 1;
            if (state.step().isSubWorkflow() && random.nextInt(2) == 0) {
                RunStatus[] ends = {RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED};
                return endChild(state, id.item(), ends[random.nextInt(ends.length)]);
            }
            return switch (random.nextInt(16)) {
                case 0 -> new Command.Pause();
                case 1, 2 -> new Command.Resume();
                case 3 -> new Command.Recover("n", 2 + random.nextInt(9));
                case 4 -> new Command.MissTask(name);
                case 5, 6 ->
                        step.isSubWorkflow()
                                ? new Command.OfferWorkflow(step.workflow())
                                : new Command.OfferTask(String.valueOf(step.task()));
                case 7 -> new Command.HandBackAttempt(name, id.item(), attempt, "left");
                case 8 -> new Command.StartAttempt(name, id.item(), attempt);
                case 9 ->
                        random.nextInt(10) == 0
                                ? new Command.Cancel("why", random.nextBoolean())
                                : new Command.Quarantine("q", "m");
                case 10 -> new Command.ReachTime();
                case 11 -> signal("s" + random.nextInt(3));
                case 12 ->
                        new Command.FailAttempt(
                                name,
                                id.item(),
                                attempt,
                                "1",
                                "code",
                                "message",
                                random.nextInt(12) > 0);
                default ->
                        new Command.CompleteAttempt(
                                name, id.item(), attempt, "1", Payload.ofTree(List.of(1, 2)));
            };
        }

        private void tell(Command command) {
            story.roll = random.nextDouble();
            boolean ended = story.run.isEnded();
            boolean closing = ended && command instanceof Command.Close;
            story.tell(command);
            assertTrue(
                    "Expected nothing after the end", !ended || closing || story.facts.isEmpty());
            story.facts.forEach(this::check);
            RunState replayed = story.replay();
            assertEquals(command.toString(), Dump.of(story.run), Dump.of(replayed));
            assertEquals(story.standing(), Summaries.standing(replayed, story.now));
            assertEquals(story.run.pending(), replayed.pending());
            assertEquals(story.run.children(), replayed.children());
            assertEquals(story.run.scheduled, story.run.pending().size());
            assertEquals(story.run.children, childrenThatDoNotWait());
            canSayWhyNot();
        }

        private long childrenThatDoNotWait() {
            return story.run.children().stream()
                    .filter(child -> story.run.step(child.cell().step()).waitCode() == null)
                    .count();
        }

        /** One result for each piece of work; a step starts only after what it comes after. */
        private void check(Fact fact) {
            if (fact instanceof Fact.AttemptCompleted f) {
                if (f.item() == Fact.NO_ITEM) {
                    checkUndone(story.graph.step(f.step()), StepStatus.COMPENSATED);
                }
                assertTrue("one result: " + f, results.add(f.step() + "/" + f.item()));
            } else if (fact instanceof Fact.FanOutCompleted f) {
                checkUndone(story.graph.step(f.step()), null);
            } else if (fact instanceof Fact.WaitEnded f) {
                checkUndone(story.graph.step(f.step()), null);
            } else if (fact instanceof Fact.SignalTaken f) {
                checkUndone(story.graph.step(f.step()), null);
            } else if (fact instanceof Fact.StepFailed f && story.graph.step(f.step()).isAside()) {
                checkUndone(story.graph.step(f.step()), StepStatus.COMPLETED);
            } else if (fact instanceof Fact.AttemptScheduled f) {
                boolean failsNow = story.facts.stream().anyMatch(Fact.RunFailing.class::isInstance);
                assertTrue("may begin: " + f, failsNow || mayBegin(story.graph.step(f.step())));
            }
        }

        /** Steps are undone once each, the last completed first. */
        private void checkUndone(Step step, StepStatus then) {
            int of = step.rules().compensates();
            if (of >= 0) {
                assertEquals((Integer) of, completed.remove(completed.size() - 1));
                assertEquals(then, story.run.step(of).status());
            } else if (step.rules().compensation() >= 0) {
                completed.add(step.index());
            }
        }

        /** The rule of joins, told by what each of the others is now. */
        private boolean mayBegin(Step step) {
            List<StepState> others = Arrays.stream(step.after()).mapToObj(story.run::step).toList();
            boolean ended = others.stream().allMatch(s -> s.status().isFinal());
            long done =
                    others.stream()
                            .filter(
                                    s ->
                                            s.status() == StepStatus.COMPLETED
                                                    || (s.status() == StepStatus.FAILED
                                                            && s.step().rules().goesOn()))
                            .count();
            if (step.isAside()) {
                return story.run.isEnding()
                        && story.graph.mainSteps().stream()
                                .allMatch(s -> story.run.step(s.index()).status().isFinal());
            } else if (story.run.isEnding() && !step.isAlways()) {
                return false;
            }
            return switch (step.rules().join().kind()) {
                case ALL -> ended && (done > 0 || others.isEmpty());
                case SOME -> done >= step.rules().join().count();
                case ALL_DONE -> ended;
            };
        }

        /** Whoever does not run says for what it waits, and has something that wakes it. */
        private void canSayWhyNot() {
            Summaries.Standing standing = story.standing();
            if (standing.status() == RunStatus.WAITING) {
                assertTrue("a reason: " + standing, standing.reason() != null);
                assertTrue(
                        "a wake-up: " + standing,
                        story.run.hold().isQuarantined()
                                || !story.run.children().isEmpty()
                                || standing.wakeAt() != null
                                || !standing.waitKeys().isEmpty());
            } else if (standing.status() == RunStatus.RUNNING) {
                assertTrue(
                        "work: " + standing,
                        story.run.isEnded() || !scheduled().isEmpty() || standing.wakeAt() != null);
            }
        }
    }
}
