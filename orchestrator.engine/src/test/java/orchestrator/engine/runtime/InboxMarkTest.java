package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.Test;

public class InboxMarkTest {
    @Test
    public void messagesAreTakenOnceInAnyOrder() {
        InboxMark mark = new InboxMark(0, List.of());
        assertTrue(mark.take(2));
        assertEquals(0, mark.seen());
        assertFalse(mark.take(2));
        assertTrue(mark.take(1));
        assertEquals(2, mark.seen());
        assertFalse(mark.take(1));
        assertTrue(mark.take(3));
        assertEquals(3, mark.seen());
    }

    @Test
    public void whatWasUnreadAtTheClaimIsMissing() {
        InboxMark mark = new InboxMark(5, List.of(2L, 4L));
        assertEquals(1, mark.seen());
        assertFalse(mark.take(3));
        assertTrue(mark.take(4));
        assertTrue(mark.take(2));
        assertEquals(5, mark.seen());
    }

    /** Against the plain set of what was taken. */
    @Test
    public void takingAndForgettingAgreeWithASet() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            InboxMark mark = new InboxMark(0, List.of());
            TreeSet<Long> taken = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                if (random.nextInt(4) > 0 || taken.isEmpty()) {
                    long number = 1L + random.nextInt(20);
                    assertEquals("seed " + seed, taken.add(number), mark.take(number));
                } else {
                    List<Long> forgotten = new ArrayList<>(taken);
                    forgotten.removeIf(n -> random.nextBoolean());
                    mark.forget(forgotten);
                    taken.removeAll(forgotten);
                }
                long seen = 0;
                while (taken.contains(seen + 1)) {
                    seen++;
                }
                assertEquals("seed " + seed, seen, mark.seen());
            }
        }
    }
}
