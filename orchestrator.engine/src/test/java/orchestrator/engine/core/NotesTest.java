package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.Map;
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
