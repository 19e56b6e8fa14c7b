package orchestrator.api.definition;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.Test;

/** How durations are read and written. */
public class DurationTextTest {

    @Test
    public void unitsAreAddedUp() {
        assertEquals(Duration.ofMillis(500), DurationText.parse("500ms"));
        assertEquals(Duration.ofSeconds(5), DurationText.parse("5s"));
        assertEquals(Duration.ofMinutes(90), DurationText.parse("1h30m"));
        assertEquals(Duration.ofDays(2), DurationText.parse("2d"));
        assertEquals(Duration.ofMinutes(1).plusMillis(1), DurationText.parse("1m1ms"));
        assertEquals(Duration.ofSeconds(3), DurationText.parse("1s2s"));
        assertEquals(Duration.ZERO, DurationText.parse("0s"));
        assertEquals(Duration.ofDays(999_999_999), DurationText.parse("999999999d"));
    }

    @Test
    public void oneDurationHasOneText() {
        assertEquals("1m", DurationText.format(DurationText.parse("60s")));
        assertEquals("1h30m", DurationText.format(DurationText.parse("90m")));
        assertEquals("1d1h1m1s1ms", DurationText.format(DurationText.parse("25h61s1ms")));
        assertEquals("0s", DurationText.format(Duration.ZERO));
    }

    @Test
    public void whatIsWrittenReadsBack() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofMillis(random.nextLong(0, 1L << 50));
            assertEquals(duration, DurationText.parse(DurationText.format(duration)));
        }
    }

    @Test
    public void otherTextsAreRefused() {
        for (String text :
                List.of(
                        "",
                        "5",
                        "s",
                        "5 s",
                        " 5s",
                        "5S",
                        "-5s",
                        "1.5s",
                        "PT5S",
                        "5s,",
                        "5sec",
                        "1w",
                        "1234567890s",
                        "٣s",
                        "1s".repeat(51),
                        "1s".repeat(2_000_000))) {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
            assertTrue(
                    thrown.getMessage(),
                    thrown.getMessage()
                            .startsWith("Expected a duration such as 500ms, 5s, 1h30m or 2d"));
            assertTrue(thrown.getMessage().length() < 200);
        }
        assertThrows(IllegalArgumentException.class, () -> DurationText.parse("999999999d24h"));
        assertThrows(
                IllegalArgumentException.class, () -> DurationText.format(Duration.ofMillis(-1)));
    }
}
