package orchestrator.api.definition;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the keys of a step that are about time and signals. */
final class TimeKeys {
    private static final Pattern SIGNAL = Pattern.compile("[A-Za-z][A-Za-z0-9._:/-]{0,199}");

    private TimeKeys() {}

    /** A duration, an instant, or a text with an expression that gives one. */
    static Object until(Values v, Path path, Object value) {
        if (!(value instanceof String text)) {
            return v.wrong(path, "a duration such as 2d, an instant or an expression", value);
        }
        if (text.contains("${")) {
            return text;
        }
        try {
            return DurationText.format(DurationText.parse(text));
        } catch (IllegalArgumentException noDuration) {
            Instant instant = instant(text);
            return instant == null
                    ? v.wrong(
                            path,
                            "a duration such as 2d, an instant such as 2030-01-31T12:00:00Z or an expression in ${…}",
                            value)
                    : instant.toString();
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** For how long which results are kept. */
    static Object cache(Values v, Path path, Object value) {
        return v.object(
                path, value, Map.of("key", Values::text, "ttl", Values::duration), List.of("ttl"));
    }

    /** A signal, and how long it is waited for. */
    static Object signal(Values v, Path path, Object value) {
        return v.object(
                path,
                value,
                Map.of("signal", v.name(SIGNAL), "timeout", Values::duration),
                List.of("signal"));
    }
}
