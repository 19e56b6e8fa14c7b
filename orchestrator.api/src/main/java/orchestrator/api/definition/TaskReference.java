package orchestrator.api.definition;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The task that a step asks for: {@code knowledge.index}, of which the newest version is taken, or
 * {@code knowledge.index@[1.2,2)}, of which only versions in that range are. A range is written and read as OSGi writes and
 * reads it (Core Specification, 3.2.6): {@code [} and {@code ]} include a bound, {@code (} and {@code )} exclude it, and
 * {@code 1.2} alone is 1.2 and all that is newer. Immutable.
 */
public final class TaskReference {
    private static final String NAME_PATTERN = "[A-Za-z][A-Za-z0-9._/-]{0,399}";
    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
    private static final String VERSION =
            "[0-9]{1,9}(?:\\.[0-9]{1,9}){0,2}(?:\\.[A-Za-z0-9_-]{1,64})?";
    private static final Pattern RANGE =
            Pattern.compile(
                    "([\\[(])(" + VERSION + "),(" + VERSION + ")([\\])])|(" + VERSION + ")");

    private final String name;
    private final String range;
    private final Bound lowest;
    private final Bound highest;

    /** One end of a range. */
    private record Bound(Version version, boolean included) {}

    private TaskReference(String name, String range, Bound lowest, Bound highest) {
        this.name = name;
        this.range = range;
        this.lowest = lowest;
        this.highest = highest;
    }

    /**
     * Reads a reference.
     *
     * @throws IllegalArgumentException if the text is none, or if no version can be in its range
     */
    public static TaskReference of(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Expected the name of a task that matches %s, but found '%s'"
                            .formatted(NAME_PATTERN, Values.shown(name)));
        }
        return at < 0
                ? new TaskReference(name, null, null, null)
                : ranged(name, text.substring(at + 1));
    }

    private static TaskReference ranged(String name, String range) {
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "Expected a range of versions such as [1.2,2) or 1.2 after '%s@', but found '%s'"
                            .formatted(Values.shown(name), Values.shown(range)));
        }
        if (parts.group(5) != null) {
            return new TaskReference(
                    name, range, new Bound(Version.of(parts.group(5)), true), null);
        }
        Bound lowest = new Bound(Version.of(parts.group(2)), parts.group(1).equals("["));
        Bound highest = new Bound(Version.of(parts.group(3)), parts.group(4).equals("]"));
        int order = lowest.version.compareTo(highest.version);
        if (order > 0 || (order == 0 && !(lowest.included && highest.included))) {
            throw new IllegalArgumentException(
                    "Expected a range that some version can be in, but found '%s'"
                            .formatted(Values.shown(range)));
        }
        return new TaskReference(name, range, lowest, highest);
    }

    /** The task's name. */
    public String name() {
        return name;
    }

    /** Whether only some versions fit. */
    public boolean isRanged() {
        return range != null;
    }

    /**
     * Whether a version of the task may be taken. Versions that are not of numbers are read as far as they are: of
     * {@code 2-beta} the rest is a qualifier, and {@code beta} is a qualifier of 0.
     */
    public boolean accepts(String version) {
        if (range == null) {
            return true;
        }
        Version found = Version.of(version);
        int low = found.compareTo(lowest.version);
        if (low < 0 || (low == 0 && !lowest.included)) {
            return false;
        }
        if (highest == null) {
            return true;
        }
        int high = found.compareTo(highest.version);
        return high < 0 || (high == 0 && highest.included);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskReference that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The reference as it was written. */
    @Override
    public String toString() {
        return range == null ? name : name + "@" + range;
    }

    /** A version as OSGi orders it: three numbers, then a text of which none comes first. */
    private record Version(BigInteger major, BigInteger minor, BigInteger micro, String qualifier)
            implements Comparable<Version> {
        private static final Pattern PARTS =
                Pattern.compile(
                        "([0-9]{1,64})?(?:\\.([0-9]{1,64}))?(?:\\.([0-9]{1,64}))?[._+-]?(.*)",
                        Pattern.DOTALL);

        static Version of(String text) {
            Matcher parts = PARTS.matcher(text);
            if (!parts.matches()) {
                throw new IllegalStateException("The pattern fits every text");
            }
            return new Version(
                    number(parts.group(1)),
                    number(parts.group(2)),
                    number(parts.group(3)),
                    parts.group(4));
        }

        private static BigInteger number(String digits) {
            return digits == null ? BigInteger.ZERO : new BigInteger(digits);
        }

        @Override
        public int compareTo(Version other) {
            int order = major.compareTo(other.major);
            order = order == 0 ? minor.compareTo(other.minor) : order;
            order = order == 0 ? micro.compareTo(other.micro) : order;
            return order == 0 ? qualifier.compareTo(other.qualifier) : order;
        }
    }
}
