package orchestrator.state.jdbc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** Any string can be kept, and comes back. */
public class TextTest {
    private static final List<String> ODD =
            List.of(
                    "",
                    "a",
                    "\\",
                    "\\\\",
                    "\u0000",
                    "\\0000",
                    "\uD83D",
                    "\uDE00\uD83D",
                    "\uD83D\uDE00",
                    "a\nb",
                    "=",
                    "\n");

    @Test
    public void everyStringComesBack() {
        for (String text : ODD) {
            assertEquals(text, Text.read(Text.stored(text)));
        }
        assertNull(Text.read(Text.stored(null)));
    }

    @Test
    public void differentStringsStayDifferentAndHoldNothingThatIsRefused() {
        Set<String> stored = new HashSet<>();
        for (String text : ODD) {
            stored.add(Text.stored(text));
            assertEquals("no zero", -1, Text.stored(text).indexOf(0));
        }
        assertEquals(ODD.size(), stored.size());
        assertFalse(stored.contains("\uD83D"));
    }

    @Test
    public void ordinaryStringsAreKeptAsTheyAre() {
        String text = "knowledge.validate \uD83D\uDE00 \u00e9";
        assertSame(text, Text.stored(text));
    }

    @Test
    public void listsAndMapsComeBack() {
        assertEquals(Set.copyOf(ODD), Set.copyOf(Text.readAll(Text.storedAll(ODD))));
        assertEquals(List.of(), Text.readAll(Text.storedAll(List.of())));
        assertEquals(List.of(""), Text.readAll(Text.storedAll(List.of(""))));
        Map<String, String> map = Map.of("a", "", "", "b", "\n", "\u0000");
        assertEquals(map, Text.readMap(Text.storedMap(map)));
    }

    @Test
    public void digestsTellWhereOnePartEnds() {
        assertNotEquals(Digest.of("a", "bc"), Digest.of("ab", "c"));
        assertNotEquals(Digest.of("a"), Digest.of("A"));
        assertEquals(Digest.of("a", "b"), Digest.of("a", "b"));
    }
}
