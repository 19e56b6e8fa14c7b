package orchestrator.api.definition;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as workflow files write them: {@code 500ms}, {@code 5s}, {@code 1h30m}, {@code 2d}. */
public final class DurationText {
    /** Longer texts are refused before a pattern sees them, which would exhaust the stack. */
    private static final int LONGEST = 100;

    /** What {@link #format} writes of more days could not be read. */
    private static final int MOST_DAYS = 999_999_999;

    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration parse(String text) {
        if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "Expected a duration such as 500ms, 5s, 1h30m or 2d, but found '"
                            + Values.shown(text)
                            + "'");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long n = Long.parseLong(part.group(1));
            sum =
                    sum.plus(
                            switch (part.group(2)) {
                                case "ms" -> Duration.ofMillis(n);
                                case "s" -> Duration.ofSeconds(n);
                                case "m" -> Duration.ofMinutes(n);
                                case "h" -> Duration.ofHours(n);
                                default -> Duration.ofDays(n);
                            });
        }
        if (sum.toDays() > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "Expected a duration of at most 999999999d, but found '"
                            + Values.shown(text)
                            + "'");
        }
        return sum;
    }

    /** Writes a duration, to the millisecond, so that {@link #parse} gives it back. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected a positive duration, but found " + duration);
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
