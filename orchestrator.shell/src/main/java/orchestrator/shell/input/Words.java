package orchestrator.shell.input;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.api.definition.DurationText;
import orchestrator.api.run.RunStatus;

/** Reads words of which only some are possible. */
public final class Words {
    private Words() {}

    /** Statuses, with commas between them, in small or capital letters. */
    public static RunStatus[] statuses(String text) {
        return Arrays.stream(text.split(",", -1)).map(Words::status).toArray(RunStatus[]::new);
    }

    private static RunStatus status(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected one of the statuses %s, but found '%s'."
                                                .formatted(
                                                        String.join(", ", names()), word.strip())));
    }

    /** A whole number that an option was given. Karaf itself cannot convert the words of a line to numbers. */
    public static long number(String option, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same message.
        }
        throw new IllegalArgumentException(
                "Expected a number from %,d to %,d after %s, but found '%s'."
                        .formatted(least, most, option, text));
    }

    /** A length of time that an option was given. */
    public static Duration duration(String option, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage().replaceFirst(", but found", " after " + option + ", but found")
                            + ".",
                    e);
        }
    }

    /** What stands before and after the first {@code =}. */
    public static Map.Entry<String, String> pair(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "Expected key=value after %s, but found '%s'.".formatted(option, text));
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Whether JSON is wanted, of the formats that there are. */
    public static boolean isJson(String format, List<String> formats) {
        if (formats.contains(format)) {
            return format.equals("json");
        }
        throw new IllegalArgumentException(
                "Expected the format %s, but found '%s'."
                        .formatted(String.join(" or ", formats), format));
    }

    private static List<String> names() {
        return Arrays.stream(RunStatus.values()).map(Enum::name).toList();
    }
}
