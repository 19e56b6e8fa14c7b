package orchestrator.state.jdbc;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateException;
import org.junit.Test;

/** What is written as one value is read as the same entries, or not at all. */
public class StretchTest {
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123456Z");

    private final List<Entry> entries =
            List.of(
                    Entry.of(7, "AttemptCompleted", 1, AT, bytes("{\"output\":1}")),
                    Entry.of(8, "Noted", 3, AT.plusSeconds(1), new byte[0]),
                    Entry.of(9, "RunCompleted", 1, AT.plusSeconds(2), bytes("{}")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    public void whatIsWrittenIsRead() {
        List<Entry> read = Stretch.read(7, 3, Stretch.write(entries));
        assertEquals(3, read.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(entries.get(i).sequence(), read.get(i).sequence());
            assertEquals(entries.get(i).type(), read.get(i).type());
            assertEquals(entries.get(i).version(), read.get(i).version());
            assertEquals(entries.get(i).at(), read.get(i).at());
            assertArrayEquals(entries.get(i).body(), read.get(i).body());
        }
    }

    @Test
    public void anyFlippedBitIsNoticed() {
        byte[] value = Stretch.write(entries);
        for (int i = 0; i < value.length * 8; i++) {
            byte[] damaged = value.clone();
            damaged[i / 8] ^= (byte) (1 << i % 8);
            StateException e =
                    assertThrows(StateException.class, () -> Stretch.read(7, 3, damaged));
            assertTrue(e.getMessage(), e.getMessage().startsWith("Expected entries 7 to 9"));
        }
    }

    @Test
    public void aTornValueIsNoticed() {
        byte[] value = Stretch.write(entries);
        for (int length = 0; length < value.length; length++) {
            byte[] torn = Arrays.copyOf(value, length);
            assertThrows(StateException.class, () -> Stretch.read(7, 3, torn));
        }
    }

    @Test
    public void moreEntriesThanWereWrittenAreNotMadeUp() {
        byte[] value = Stretch.write(entries);
        assertThrows(StateException.class, () -> Stretch.read(7, 4, value));
    }
}
