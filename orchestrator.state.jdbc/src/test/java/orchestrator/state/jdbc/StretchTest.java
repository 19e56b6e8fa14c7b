package orchestrator.state.jdbc;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import orchestrator.api.state.Entry;
import org.junit.Test;

/** What is written as one value is read as the same entries, or as damaged ones. */
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
        List<Entry> read = Stretch.read(7, 3, AT, Stretch.write(entries));
        assertEquals(3, read.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(entries.get(i).sequence(), read.get(i).sequence());
            assertEquals(entries.get(i).type(), read.get(i).type());
            assertEquals(entries.get(i).version(), read.get(i).version());
            assertEquals(entries.get(i).at(), read.get(i).at());
            assertArrayEquals(entries.get(i).body(), read.get(i).body());
        }
    }

    /** Each entry of a damaged row says so, and the reader can go on behind them. */
    private static void assertDamaged(int count, byte[] value) {
        List<Entry> read = Stretch.read(7, count, AT, value);
        assertEquals(count, read.size());
        for (int i = 0; i < count; i++) {
            assertEquals(7 + i, read.get(i).sequence());
            assertEquals(Entry.DAMAGED, read.get(i).type());
            String body = new String(read.get(i).body(), StandardCharsets.UTF_8);
            assertTrue(body, body.startsWith("{\"why\":\"its row "));
        }
    }

    @Test
    public void anyFlippedBitIsNoticed() {
        byte[] value = Stretch.write(entries);
        for (int i = 0; i < value.length * 8; i++) {
            byte[] damaged = value.clone();
            damaged[i / 8] ^= (byte) (1 << i % 8);
            assertDamaged(3, damaged);
        }
    }

    @Test
    public void aTornValueIsNoticed() {
        byte[] value = Stretch.write(entries);
        for (int length = 0; length < value.length; length++) {
            assertDamaged(3, Arrays.copyOf(value, length));
        }
    }

    @Test
    public void aRowThatMiscountsItsEntriesIsNoticed() {
        assertDamaged(4, Stretch.write(entries));
        assertDamaged(2, Stretch.write(entries));
    }

    @Test
    public void aRowThatClaimsVeryManyEntriesDoesNotFillTheMemory() {
        assertEquals(10_000, Stretch.read(7, Integer.MAX_VALUE, AT, Stretch.write(entries)).size());
    }
}
