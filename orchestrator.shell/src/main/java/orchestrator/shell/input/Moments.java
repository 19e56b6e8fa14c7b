package orchestrator.shell.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import orchestrator.api.definition.DurationText;

/** Reads points in time as people write them: an instant, a date (its first moment in UTC), or how long ago. */
public final class Moments {
    private final InstantSource clock;

    /** Points in time as seen from the clock's present. */
    public Moments(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The instant that an option was given.
     *
     * @param option named by the message if the text is none
     * @throws IllegalArgumentException if it is none
     */
    public Instant read(String option, String text) {
        List<Function<String, Instant>> ways =
                List.of(
                        word -> OffsetDateTime.parse(word).toInstant(),
                        word -> LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        word -> clock.instant().minus(DurationText.parse(word)));
        for (Function<String, Instant> way : ways) {
            try {
                return way.apply(text);
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                // Perhaps it is written in another way.
            }
        }
        throw new IllegalArgumentException(
                "Expected an instant such as 2026-11-23T02:00:00Z, a date such as 2026-11-23 or a length of time before now such as 2h after %s, but found '%s'."
                        .formatted(option, text));
    }
}
