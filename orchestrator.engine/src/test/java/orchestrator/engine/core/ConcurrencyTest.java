package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.After;
import org.junit.Test;

/** Runs that may have only so much in flight. */
public class ConcurrencyTest {
    private Story story;

    @After
    public void replayEqualsLive() {
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    private List<String> pending() {
        return story.run.pending().stream()
                .map(
                        cell ->
                                story.run.step(cell.step())
                                        + (cell.item() < 0 ? "" : "" + cell.item()))
                .toList();
    }

    @Test
    public void stepsBeginInTheirTurn() {
        story =
                Story.limited(
                        2, Map.of(), w -> w.addTask("a", "t").addTask("b", "t").addTask("c", "t"));
        assertEquals(List.of("a", "b"), pending());
        assertEquals(StepStatus.PENDING, story.run.step("c").status());
        story.complete("b", 1);
        assertEquals(List.of("a", "c"), pending());
        story.complete("a", 1).complete("c", 1);
        assertEquals(RunStatus.COMPLETED, story.run.end());
    }

    @Test
    public void anAttemptThatIsTriedAgainKeepsItsPlace() {
        story = Story.limited(1, Map.of(), w -> w.addTask("a", "t").addTask("b", "t"));
        story.fail("a", true);
        assertEquals(List.of("a"), pending());
    }

    @Test
    public void fanOutsShareTheRoomThatIsLeft() {
        story =
                Story.limited(
                        3,
                        Map.of("items", List.of(1, 2, 3, 4)),
                        w -> {
                            w.step("a").task("t").forEach("input.items").concurrency(2);
                            w.step("b").task("t").forEach("input.items");
                        });
        assertEquals(List.of("a0", "a1", "b0"), pending());
        story.complete("b", 0, 1);
        assertEquals(List.of("a0", "a1", "b1"), pending());
        story.complete("a", 0, 1).complete("a", 1, 1);
        assertEquals(List.of("a2", "a3", "b1"), pending());
        story.complete("a", 2, 1);
        assertEquals("what a leaves is for b", List.of("a3", "b1", "b2"), pending());
    }

    @Test
    public void aPauseTakesNobodysPlace() {
        story =
                Story.limited(
                        2,
                        Map.of("items", List.of(1, 2, 3, 4)),
                        w -> {
                            w.step("a").task("t").forEach("input.items").concurrency(1);
                            w.step("b").task("t").forEach("input.items");
                        });
        story.tell(new Command.Pause());
        story.fail("a", 0, true).fail("b", 0, true);
        assertEquals(List.of(), pending());
        story.tell(new Command.Resume());
        assertEquals(List.of("a0", "b0"), pending());
    }

    /** Whatever happens, there is never more in flight, and never less while something could begin. */
    @Test
    public void theRoomIsUsedWhateverHappens() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(4);
            story =
                    Story.limited(
                            limit,
                            Map.of("items", List.of(1, 2, 3, 4, 5)),
                            w -> {
                                w.step("a").task("t").forEach("input.items").concurrency(3);
                                w.step("b").task("t");
                                w.step("c").task("t").after("b").forEach("input.items");
                                w.step("d").task("t").after("a").when("false");
                                w.step("e").task("t").after("b");
                            });
            for (int i = 0; i < 200 && !story.run.isEnded(); i++) {
                if (random.nextInt(10) == 0) {
                    story.tell(
                            story.run.hold().isPaused()
                                    ? new Command.Resume()
                                    : new Command.Pause());
                }
                step(random);
                int inFlight = story.run.pending().size();
                assertEquals("seed " + seed, story.run.inFlight, inFlight);
                assertEquals("seed " + seed, true, inFlight <= limit);
                boolean isIdle =
                        inFlight == 0 && !story.run.hold().isPaused() && !story.run.isEnded();
                assertEquals("seed " + seed, false, isIdle);
            }
            story.tell(new Command.Resume());
            while (!story.run.isEnded()) {
                step(random);
            }
            assertEquals("seed " + seed, RunStatus.COMPLETED, story.run.end());
            assertEquals(Dump.of(story.run), Dump.of(story.replay()));
        }
    }

    private void step(Random random) {
        List<CellId> pending = story.run.pending();
        if (pending.isEmpty()) {
            return;
        }
        CellId cell = pending.get(random.nextInt(pending.size()));
        StepState step = story.run.step(cell.step());
        if (step.cell(cell.item()).failures < 2 && random.nextInt(4) == 0) {
            story.fail(step.step().name(), cell.item(), true);
        } else {
            story.complete(step.step().name(), cell.item(), 1);
        }
    }
}
