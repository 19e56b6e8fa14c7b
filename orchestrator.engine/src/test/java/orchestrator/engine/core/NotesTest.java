package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.graph.Payload;
import org.junit.Test;

public class NotesTest {
    private static Story one() {
        return Story.of(w -> w.step("a").task("t"));
    }

    private static Story save(Story story, String name, Object value) {
        return story.tell(new Command.SaveState(Map.of(name, Payload.ofTree(value))));
    }

    @Test
    public void valuesAreKeptReplacedAndRemoved() {
        Story story = one();
        save(story, "a", 1);
        save(story, "b", "x");
        save(story, "a", 2);
        save(story, "b", null);
        assertEquals(Map.of("a", Payload.ofTree(2)), story.run.notes().values());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void allValuesTogetherHaveALimit() {
        Story story = one();
        String large = "x".repeat(Limits.MAX_PAYLOAD / 2);
        assertNull(save(story, "a", large).refused);
        assertTrue(save(story, "b", large).refused.contains("2,097,1"));
        assertNull("one that replaces", save(story, "a", large).refused);
        save(story, "a", null);
        assertNull(save(story, "b", large).refused);
    }

    @Test
    public void theProgressDoesNotGoBackWhenItemsBecomeKnown() {
        Story story =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("each").task("t").forEach("[1, 2, 3, 4]").after("a");
                            w.step("z").task("t").after("each");
                        });
        story.complete("a", 1);
        assertEquals(33, story.run.progress());
        story.complete("each", 0, 1);
        assertEquals("2 of 7, but 33 was said", 33, story.run.progress());
        story.complete("each", 1, 1);
        assertEquals(42, story.run.progress());
        assertEquals(Dump.of(story.run), Dump.of(story.replay()));
    }

    @Test
    public void aRunThatFailedOrWasCancelledKeepsWhatWasDone() {
        Story failed =
                Story.of(
                        w -> {
                            w.step("a").task("t");
                            w.step("b").task("t").after("a");
                            w.step("c").task("t").after("b");
                            w.step("d").task("t").after("c");
                        });
        Story cancelled = new Story(failed.graph, Map.of());
        cancelled.tell(new Command.Begin()).complete("a", 1).tell(new Command.Cancel(""));
        failed.complete("a", 1).complete("b", 1).fail("c", false);
        assertEquals(RunStatus.FAILED, failed.standing().status());
        assertEquals(50, failed.run.progress());
        assertEquals(RunStatus.CANCELLED, cancelled.standing().status());
        assertEquals(25, cancelled.run.progress());
    }

    @Test
    public void whatIsSaidOfTheProgressHoldsUntilTheRunCompletes() {
        Story story = one();
        assertEquals(0, story.run.progress());
        story.tell(new Command.NoteProgress(40, "half way"));
        assertEquals(40, story.run.progress());
        assertEquals("half way", story.run.notes().message());
        story.complete("a", 1);
        assertEquals(100, story.run.progress());
    }
}
