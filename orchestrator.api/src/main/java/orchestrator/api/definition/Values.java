package orchestrator.api.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads single values; a wrong one is reported and read as something harmless. */
final class Values {
    private static final int MAX_DEPTH = 200;
    private static final int LONGEST_SHOWN = 80;

    /** Below it every integer is a double of its own. */
    private static final double EXACT = 1L << 53;

    /** Reads one value at a place. */
    @FunctionalInterface
    interface Reader {
        Object read(Values values, Path path, Object value);
    }

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** An object of known keys. */
    Map<String, Object> object(
            Path path, Object value, Map<String, Reader> known, List<String> required) {
        Map<String, Object> read = new TreeMap<>();
        if (!(value instanceof Map<?, ?> map)) {
            wrong(path, "an object with the keys " + list(known.keySet()), value);
            return read;
        }
        map.forEach(
                (k, v) -> {
                    String key = String.valueOf(k);
                    Reader reader = known.get(key);
                    if (reader == null) {
                        problems.add(
                                path.to(key),
                                () ->
                                        "Expected one of the keys %s, but found '%s'.%s"
                                                .formatted(
                                                        list(known.keySet()),
                                                        shown(key),
                                                        Problems.nearest(key, known.keySet())));
                    } else {
                        read.put(key, reader.read(this, path.to(key), v));
                    }
                });
        for (String key : required) {
            if (!map.containsKey(key)) {
                problems.add(path, "Expected the key '%s', but it is missing.".formatted(key));
            }
        }
        return read;
    }

    /** An object of free keys whose values are all read alike. */
    Map<String, Object> each(Path path, Object value, Reader reader) {
        Map<String, Object> read = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (k, v) -> {
                        String key = String.valueOf(k);
                        read.put(key, reader.read(this, path.to(key), v));
                    });
        } else {
            wrong(path, "an object", value);
        }
        return read;
    }

    Reader name(Pattern pattern) {
        return (v, path, value) -> {
            if (value instanceof String text && pattern.matcher(text).matches()) {
                return text;
            }
            return v.wrong(path, "a name that matches " + pattern, value);
        };
    }

    static Object task(Values v, Path path, Object value) {
        if (!(value instanceof String text)) {
            return v.wrong(path, "the name of a task", value);
        }
        try {
            return TaskReference.of(text).toString();
        } catch (IllegalArgumentException e) {
            v.problems.add(path, e.getMessage() + ".");
            return text;
        }
    }

    Reader oneOf(List<String> words) {
        return (v, path, value) -> {
            if (value instanceof String text && words.contains(text)) {
                return text;
            }
            v.wrong(path, "one of " + list(words), value);
            return words.get(0);
        };
    }

    static Object text(Values v, Path path, Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        return v.wrong(path, "a text", value);
    }

    static Object version(Values v, Path path, Object value) {
        if (value instanceof String text && text.matches("[0-9A-Za-z][0-9A-Za-z._+-]{0,63}")) {
            return text;
        }
        return v.wrong(path, "a version such as '1.2.0', written as a text", value);
    }

    static Object duration(Values v, Path path, Object value) {
        if (value instanceof String text) {
            try {
                return DurationText.format(DurationText.parse(text));
            } catch (IllegalArgumentException e) {
                v.problems.add(path, e.getMessage() + ".");
                return "0s";
            }
        }
        v.wrong(path, "a duration such as 500ms, 5s, 1h30m or 2d", value);
        return "0s";
    }

    static Reader integer(long min, long max) {
        return (v, path, value) -> {
            if (isInteger(value)) {
                double size = ((Number) value).doubleValue(); // a long may be too short for it
                if (size >= min && size <= max) {
                    return ((Number) value).longValue();
                }
            }
            v.wrong(path, "an integer from %,d to %,d".formatted(min, max), value);
            return min;
        };
    }

    static Reader number(double min, double max) {
        return (v, path, value) -> {
            if (value instanceof Number number
                    && number.doubleValue() >= min
                    && number.doubleValue() <= max) {
                return normal(number);
            }
            v.wrong(path, "a number from %s to %s".formatted(plain(min), plain(max)), value);
            return min;
        };
    }

    static Object texts(Values v, Path path, Object value) {
        if (!(value instanceof List<?> list)) {
            v.wrong(path, "a list of texts", value);
            return List.of();
        }
        List<String> read = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            if (!(element instanceof String name)) {
                v.wrong(path.to(i), "a text", element);
            } else if (!seen.add(element)) {
                v.problems.add(
                        path.to(i),
                        "Expected each name once, but found '%s' again.".formatted(shown(element)));
            } else {
                read.add(name);
            }
        }
        Collections.sort(read);
        return List.copyOf(read);
    }

    static Object textOrTexts(Values v, Path path, Object value) {
        return value instanceof String text ? List.of(text) : texts(v, path, value);
    }

    static Object tree(Values v, Path path, Object value) {
        return v.tree(path, value, 1);
    }

    private Object tree(Path path, Object value, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(path, "Expected at most %d levels, but found more.".formatted(MAX_DEPTH));
            return null;
        }
        if (value instanceof List<?> list) {
            List<Object> read = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                read.add(tree(path.to(i), list.get(i), depth + 1));
            }
            return Collections.unmodifiableList(read);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> read = new TreeMap<>();
            map.forEach(
                    (k, v) ->
                            read.put(
                                    String.valueOf(k),
                                    tree(path.to(String.valueOf(k)), v, depth + 1)));
            return Collections.unmodifiableMap(read);
        }
        if (value instanceof Number number) {
            return exact(path, number);
        }
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        return wrong(path, "a text, number, boolean, list or object", value);
    }

    private Object exact(Path path, Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value) || (isInteger(number) && Math.abs(value) >= EXACT)) {
            return wrong(
                    path, "a number that a double holds exactly (a larger one: as a text)", number);
        }
        return normal(number);
    }

    /** A whole number as a Long, another as a Double: what reading the canonical bytes gives back. */
    private static Number normal(Number number) {
        double value = number.doubleValue();
        return value == Math.rint(value) && Math.abs(value) < EXACT
                ? (Number) (long) value
                : (Number) value;
    }

    Object wrong(Path path, String expected, Object found) {
        problems.add(path, "Expected %s, but found %s.".formatted(expected, kind(found)));
        return "";
    }

    private static boolean isInteger(Object value) {
        if (value instanceof Integer
                || value instanceof Long
                || value instanceof java.math.BigInteger) {
            return true;
        }
        return (value instanceof Double || value instanceof BigDecimal)
                && ((Number) value).doubleValue() == Math.rint(((Number) value).doubleValue());
    }

    private static String kind(Object found) {
        if (found == null) {
            return "nothing";
        } else if (found instanceof Map) {
            return "an object";
        } else if (found instanceof List) {
            return "a list";
        } else if (found instanceof String) {
            return "'" + shown(found) + "'";
        }
        return shown(found);
    }

    /** A value as a message shows it: on one line, and cut. */
    static String shown(Object value) {
        StringBuilder text = new StringBuilder();
        String whole = String.valueOf(value);
        whole.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(text::appendCodePoint);
        return text.length() < whole.length() ? text + "…" : text.toString();
    }

    private static String list(Iterable<String> words) {
        Set<String> sorted = new TreeSet<>();
        words.forEach(sorted::add);
        return String.join(", ", sorted);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
