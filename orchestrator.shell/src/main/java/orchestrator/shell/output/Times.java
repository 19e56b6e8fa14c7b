package orchestrator.shell.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Points in time as people say them: how long ago, and how long it took. */
public final class Times {
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int RELATIVE_DAYS = 30;

    private final InstantSource clock;

    /** Times as seen from the clock's present. */
    public Times(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code now}, {@code 12s ago}, {@code 3m ago}, {@code in 5s}; a date when it is long ago. */
    public String ago(Instant instant) {
        Duration age = Duration.between(instant, clock.instant());
        if (age.abs().toDays() >= RELATIVE_DAYS) {
            return exact(instant);
        }
        if (age.abs().toSeconds() == 0) {
            return "now";
        }
        return age.isNegative() ? "in " + coarse(age.negated()) : coarse(age) + " ago";
    }

    /** The same, or nothing. */
    public String ago(Optional<Instant> instant) {
        return instant.map(this::ago).orElse("");
    }

    /** From the first instant to the second, or until now; nothing without a first. */
    public String took(Optional<Instant> from, Optional<Instant> to) {
        return from.map(f -> length(Duration.between(f, to.orElseGet(clock::instant)))).orElse("");
    }

    /** The date and time of day, in UTC. */
    public static String exact(Instant instant) {
        return EXACT.format(instant) + " UTC";
    }

    /** The time of day in UTC, of an instant that is near; else the date as well. */
    public String clockTime(Instant instant) {
        return Duration.between(instant, clock.instant()).abs().toHours() < 12
                ? TIME.format(instant) + " UTC"
                : exact(instant);
    }

    /** A length of time in its two greatest units: {@code 250ms}, {@code 12s}, {@code 3m 20s}, {@code 5h 2m}. */
    public static String length(Duration length) {
        if (length.isNegative()) {
            return "0ms";
        }
        if (length.toSeconds() == 0) {
            return length.toMillis() + "ms";
        }
        if (length.toMinutes() == 0) {
            return length.toSeconds() + "s";
        }
        if (length.toHours() == 0) {
            return length.toMinutes() + "m " + length.toSecondsPart() + "s";
        }
        if (length.toDays() == 0) {
            return length.toHours() + "h " + length.toMinutesPart() + "m";
        }
        return length.toDays() + "d " + length.toHoursPart() + "h";
    }

    private static String coarse(Duration age) {
        String text = length(age);
        int second = text.indexOf(' ');
        return second < 0 ? text : text.substring(0, second);
    }
}
