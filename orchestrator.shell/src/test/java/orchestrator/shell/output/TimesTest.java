package orchestrator.shell.output;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.Test;

public class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private final Times times = new Times(InstantSource.fixed(NOW));

    @Test
    public void saysTheTimeOfDayOfWhatIsNear() {
        assertEquals("11:59:50 UTC", times.clockTime(NOW.minusSeconds(10)));
        assertEquals("12:00:10 UTC", times.clockTime(NOW.plusSeconds(10)));
        assertEquals("2026-11-22 12:00:00 UTC", times.clockTime(NOW.minusSeconds(86_400)));
    }

    @Test
    public void saysHowLongAgo() {
        assertEquals("now", times.ago(NOW.minusMillis(400)));
        assertEquals("12s ago", times.ago(NOW.minusSeconds(12)));
        assertEquals("3m ago", times.ago(NOW.minusSeconds(200)));
        assertEquals("2h ago", times.ago(NOW.minusSeconds(7300)));
        assertEquals("29d ago", times.ago(NOW.minus(Duration.ofDays(29))));
        assertEquals("2026-10-24 12:00:00 UTC", times.ago(NOW.minus(Duration.ofDays(30))));
        assertEquals("in 5s", times.ago(NOW.plusSeconds(5)));
        assertEquals("", times.ago(Optional.empty()));
    }

    @Test
    public void saysHowLongItTook() {
        assertEquals("250ms", Times.length(Duration.ofMillis(250)));
        assertEquals("59s", Times.length(Duration.ofMillis(59_999)));
        assertEquals("3m 20s", Times.length(Duration.ofSeconds(200)));
        assertEquals("5h 2m", Times.length(Duration.ofMinutes(302)));
        assertEquals("1d 1h", Times.length(Duration.ofHours(25)));
        assertEquals("0ms", Times.length(Duration.ofSeconds(-1)));
        assertEquals("8s", times.took(Optional.of(NOW.minusSeconds(8)), Optional.empty()));
        assertEquals("", times.took(Optional.empty(), Optional.of(NOW)));
    }
}
